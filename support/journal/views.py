from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from sumairu.downloads import kept_file
from sumairu.downloads.taking import PICK, TAKES, picked, taken
from sumairu.paging import BoundedPaginator
from sumairu.publishing.asked import asks
from sumairu.publishing.ended import gone, public_or_ended
from support.journal.book import current_book
from support.journal.descriptions import ISSUES
from support.journal.journal_page import OFFICIAL_PAGE, ArticlePage, IssuePage, journal_program
from support.journal.models import Article, Issue

ISSUES_A_PAGE = 12


@asks("page", *TAKES, several=[PICK])
def issue_list(request):
    if answer := taken(request, lambda: [_shown_issues(picked(request))]):
        return answer
    page = BoundedPaginator(Issue.objects.published(), ISSUES_A_PAGE, Issue.objects.all()).get_page(
        request.GET.get("page")
    )
    program = journal_program()
    context = {
        "section": "support",
        "parents": [("支援制度", reverse("support_list"))],
        "page": page,
        "program": program,
        "official_page": OFFICIAL_PAGE,
    }
    return render(request, "journal/issue_list.html", context)


def _shown_issues(numbers):
    if numbers:
        kept = [number for number in numbers if number.isascii() and number.isdigit() and len(number) < 5]
        return ISSUES.shown_ticked("number", kept)
    return ISSUES.shown()


@asks(*TAKES)
def issue_detail(request, number):
    page = IssuePage(_issue(number))
    context = {"section": "support", "parents": page.parents, "page": page}
    return taken(request, lambda: page.shown) or render(request, "journal/issue_detail.html", context)


@asks()
def issue_whole(request, number):
    """The whole issue on one page: to read in one go, and to print."""
    page = IssuePage(_issue(number))
    context = {"section": "support", "parents": page.parents_of_article, "page": page}
    context["canonical"] = page.issue.get_absolute_url()
    return render(request, "journal/issue_whole.html", context)


@asks()
def issue_book(request, number):
    """The e-book, only while it says what the issue says: one that is being made anew is not given."""
    issue = _issue(number)
    book = current_book(issue)
    if book is None:
        context = {"section": "support", "parents": IssuePage(issue).parents_of_article, "issue": issue}
        response = render(request, "journal/book_waiting.html", context, status=503)
        response["Retry-After"] = "60"
        return response
    name = f"tsukuru-{issue.number}.epub"
    response = kept_file(bytes(book.content), name)
    response["Content-Type"] = "application/epub+zip"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@asks(*TAKES)
def article_detail(request, number, article):
    rows = Article.objects.filter(issue__number=number, number=article).select_related(
        "issue", "initiative__subprefecture", "case"
    )
    found = rows.kept_in_public_issues().first()
    if found is None:
        raise gone(Issue.objects.filter(number=number, articles__number=article))
    page = ArticlePage(found)
    context = {"section": "support", "parents": page.parents, "page": page}
    return taken(request, lambda: page.shown) or render(request, "journal/article_detail.html", context)


def _issue(number):
    rows = Issue.objects.filter(number=number)
    return public_or_ended(rows.published(), rows)
