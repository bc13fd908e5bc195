"""Notices as an Atom feed. One that was replaced or withdrawn stays in it and says so, since readers may have acted on it."""

from dataclasses import dataclass
from datetime import datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, make_aware

from sumairu.feeds import Feed
from support.notices.models import Notice
from support.notices.notice_pages import NoticeListPage, narrowed

MOST = 100


@dataclass
class Told:
    """A notice as a feed tells of it."""

    notice: Notice

    @property
    def mark(self):
        if self.notice.is_withdrawn():
            return "取り下げ：" if not self.notice.is_replaced() else "取り下げ（新しいお知らせあり）："
        return "新しいお知らせに代わりました：" if self.notice.is_replaced() else ""

    @property
    def title(self):
        sample = "【見本】" if self.notice.is_sample and "見本" not in self.notice.title else ""
        return f"{self.mark}{sample}{self.notice.title}"

    @property
    def updated_at(self):
        """When there was last something to tell: what days alone bring is told from the morning of the day."""
        days = [self.notice.first_public_on]
        if self.notice.is_replaced():
            days.append(self.notice.replaced_by.first_public_on)
        return max(self.notice.updated_at, *(make_aware(datetime.combine(day, time())) for day in days))


def feed_of(page: NoticeListPage):
    """The text of the feed of what a list asks for."""
    root = settings.PUBLIC_ADDRESS
    words = f"（{page.words}）" if page.words else ""
    feed = Feed(
        f"住まいる北海道 お知らせ{words}",
        f"{root}{page.list_url}",
        "市町村への情報提供と国の新制度。取り下げたもの、新しいお知らせに代わったものも、そのことを示して残します。",
        language="ja",
        author_name="住まいる北海道",
        feed_url=f"{root}{page.feed_url}",
        feed_guid=f"{root}{page.feed_url}",
        on=localdate(),
    )
    notices = narrowed(Notice.objects.published(), **page.asked).newest_told()
    told = [
        Told(each)
        for each in notices.select_related("subprefecture", "replaced_by").prefetch_related("municipalities")[:MOST]
    ]
    host = urlsplit(root).hostname
    for each in sorted(told, key=lambda each: (each.updated_at, each.notice.pk), reverse=True):
        notice = each.notice
        feed.add_item(
            each.title,
            f"{root}{reverse('notice_detail', args=[notice.code])}",
            render_to_string("notices/_entry.html", {"notice": notice}),
            unique_id=f"tag:{host},{notice.first_public_on}:notice/{notice.code}",
            pubdate=make_aware(datetime.combine(notice.first_public_on, time())),
            updateddate=each.updated_at,
            categories=[notice.get_kind_display()],
        )
    return feed.writeString("utf-8")
