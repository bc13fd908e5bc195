"""What the journal has to say on other pages: its issues on the programme that it is, its articles on what they were made from."""

from regions.models import Initiative
from sumairu.related import Block
from support.cases.models import Case
from support.journal.descriptions import ARTICLES, ISSUES
from support.journal.models import JOURNAL, Article, Issue
from support.models import Program

NEWEST = 4  # the list of back issues has all


def issues_of_journal(program, on):
    if program.slug != JOURNAL:
        return None
    issues = list(Issue.objects.published(on)[:NEWEST])
    if not issues:
        return None
    return Block(
        title="号を読む",
        note="新しい号から並べています。",
        template="journal/_issues_of_journal.html",
        context={"issues": issues},
        order=-30,
        shown=[ISSUES.shown(Issue.objects.published(on), title="創るの各号")],
    )


def articles_from_initiative(initiative, on):
    return _articles(Article.objects.published(on).filter(initiative=initiative))


def articles_from_case(case, on):
    return _articles(Article.objects.published(on).filter(case=case))


def _articles(articles):
    articles = articles.select_related("issue")
    if not articles:
        return None
    title = "「創る」の記事"
    return Block(
        title=title,
        template="journal/_articles_from.html",
        context={"articles": articles},
        shown=[ARTICLES.shown(articles, title=title)],
    )


RELATED = {
    Program: [issues_of_journal],
    Initiative: [articles_from_initiative],
    Case: [articles_from_case],
}
