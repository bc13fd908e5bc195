"""What the pages of notices show: the list with its feed, and the page of one."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from sumairu.paging import BoundedPaginator
from sumairu.related import tables_beside
from sumairu.search.finding import with_words
from support.models import Pillar, Program
from support.notices.descriptions import NOTICES
from support.notices.forms import NoticeFilter, query_of
from support.notices.models import Notice

NOTICES_A_PAGE = 20


def narrowed(notices, town=None, office=None, pillar=None, theme=None, kind=None, due=None, q=""):
    """Of `notices` those that a filter asks for; what it leaves empty does not narrow."""
    if town:
        notices = notices.concerning(town)
    if office:
        notices = notices.for_region(office)
    if pillar:
        notices = notices.of(pillar)
    if theme:
        notices = notices.about(theme)
    if kind:
        notices = notices.filter(kind=kind)
    if due:
        notices = notices.due()
    if q:
        notices = with_words(NOTICES, notices, q)
    return notices


@dataclass
class NoticeListPage:
    form: NoticeFilter
    number: str | None = None

    @cached_property
    def asked(self):
        return self.form.asked

    @cached_property
    def page(self):
        """Those whose deadline is ahead in the order of deadlines where these are asked for, else the newest first."""
        found = narrowed(Notice.objects.current(), **self.asked)
        found = found.by_deadline() if self.asked.get("due") else found.newest_first()
        rows = Notice.objects.select_related("subprefecture").prefetch_related("municipalities")
        return BoundedPaginator(found, NOTICES_A_PAGE, rows).get_page(self.number)

    @property
    def words(self):
        """「根室市、情報支援」; empty where all are asked for."""
        return "、".join(self._words_of(name, value) for name, value in self.asked.items())

    @property
    def feed_url(self):
        return self._asking("notice_feed")

    @property
    def list_url(self):
        return self._asking("notice_list")

    def _asking(self, name):
        query = query_of(self.asked)
        return f"{reverse(name)}{'?' if query else ''}{query}"

    def shown(self, codes):
        """The notices that are ticked, else all that the filter asks for."""
        rows = NOTICES.public().filter(pk__in=Notice.objects.current().values("pk"))
        if codes:
            return NOTICES.shown_ticked("code", codes, rows)
        asked = [f"{self.form.fields[name].label}：{self._words_of(name, value)}" for name, value in self.asked.items()]
        return NOTICES.shown(narrowed(rows, **self.asked), conditions=asked)

    def _words_of(self, name, value):
        if name == "due":
            return dict(self.form.fields["due"].choices)[value]
        return value.label if isinstance(value, Pillar | Notice.Kind) else str(value)


@dataclass
class NoticePage:
    notice: Notice

    @property
    def parents(self):
        return [("お知らせ", reverse("notice_list"))]

    @cached_property
    def towns(self):
        return self.notice.municipalities.all()

    @property
    def concerned(self):
        """Who is concerned where no town is named."""
        office = self.notice.subprefecture
        return f"{office}管内のすべての市町村" if office else "道内のすべての市町村"

    @cached_property
    def themes(self):
        return self.notice.themes.all()

    @cached_property
    def programs(self):
        return Program.objects.published().filter(notices=self.notice)

    @cached_property
    def links(self):
        return self.notice.links.all()

    @cached_property
    def attachments(self):
        return self.notice.attachments.select_related("notice", "file")

    @cached_property
    def desk(self):
        """Whom to ask: the desk that the notice names, else the first of its office."""
        notice = self.notice
        if notice.desk or notice.subprefecture is None:
            return notice.desk
        return notice.subprefecture.desks.select_related("subprefecture").first()

    @cached_property
    def newer(self):
        return self.notice.public_replacement()

    @cached_property
    def older(self):
        return self.notice.public_replaced()

    @property
    def shown(self):
        return tables_beside(self.notice)
