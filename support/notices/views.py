from django.http import HttpResponse
from django.shortcuts import render

from sumairu.downloads import attached_file
from sumairu.downloads.taking import PICK, TAKES, picked, taken
from sumairu.publishing.asked import asks
from sumairu.publishing.ended import public_or_ended
from support.notices.feed import feed_of
from support.notices.forms import NoticeFilter
from support.notices.models import Notice
from support.notices.notice_pages import NoticeListPage, NoticePage


@asks(NoticeFilter, "page", *TAKES, several=[PICK])
def notice_list(request):
    page = NoticeListPage(NoticeFilter(request.GET), request.GET.get("page"))
    answer = taken(request, lambda: [page.shown(picked(request))])
    return answer or render(request, "notices/notice_list.html", {"section": "notices", "page": page})


@asks(NoticeFilter)
def notice_feed(request):
    feed = feed_of(NoticeListPage(NoticeFilter(request.GET)))
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


@asks(*TAKES)
def notice_detail(request, code):
    page = NoticePage(_notice(code))
    context = {"section": "notices", "parents": page.parents, "page": page}
    return taken(request, lambda: page.shown) or render(request, "notices/notice_detail.html", context)


@asks()
def notice_file(request, code, digest, name):
    return attached_file(_notice(code).attachments.all(), digest, name)


def _notice(code):
    """The public notice, replaced and withdrawn ones among them; one that has ended is told to be so."""
    rows = Notice.objects.filter(code=code)
    return public_or_ended(rows.published().select_related("subprefecture", "desk__subprefecture", "replaced_by"), rows)
