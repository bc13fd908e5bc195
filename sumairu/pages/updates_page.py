"""What changed of what is public: as a page, and as an Atom feed of the same rows."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode, urlsplit

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now

from regions.forms import TownField
from regions.models import Subprefecture
from sumairu.descriptions import described
from sumairu.feeds import Feed
from sumairu.lib.excerpts import typed
from sumairu.lib.shown import Column, Shown
from sumairu.paging import BoundedPaginator
from sumairu.updates.models import Update, What
from support.forms import OneOf
from support.models import Pillar
from support.town_updates import concerning

UPDATES_A_PAGE = 20
MOST_IN_FEED = 100  # or all of the last days, where these are more
ALL_OF_LAST, MOST_OF_LAST = timedelta(days=7), 1_000
COLUMNS = [
    Column("day", "日付", type="date"),
    Column("what", "何があったか", choices=tuple(What.labels)),
    Column("kind", "種類"),
    Column("title", "題名"),
    Column("note", "補足"),
    Column("part", "変わったところ"),
    Column("before", "前の内容"),
    Column("after", "後の内容"),
    Column("is_sample", "見本", choices=("はい", "いいえ")),
    Column("page", "ページ"),
]


class UpdateFilter(forms.Form):
    """Of what updates are told. What cannot be understood is said at its field, and narrows nothing."""

    office = forms.ModelChoiceField(
        Subprefecture.objects.none(),
        label="振興局",
        to_field_name="slug",
        empty_label="すべて",
        required=False,
        error_messages={"invalid_choice": "その振興局はありません。一覧から選んでください。"},
    )
    pillar = OneOf(Pillar, label="支援の柱")
    town = TownField()
    kind = forms.ChoiceField(
        label="種類",
        required=False,
        error_messages={"invalid_choice": "その種類はありません。一覧から選んでください。"},
    )

    def __init__(self, data):
        super().__init__({name: typed(value) for name, value in data.items()})
        self.fields["office"].queryset = Subprefecture.objects.all()
        self.fields["pillar"].choices = [("", "すべて"), *self.fields["pillar"].choices]
        self.fields["kind"].choices = [("", "すべて"), *((kind.slug, kind.label) for kind in described())]

    @property
    def asked(self):
        self.is_valid()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}


@dataclass
class UpdatesPage:
    """The updates of what `asked` says: `{"office": Subprefecture, "pillar": Pillar, "town": Municipality, "kind": slug}`."""

    asked: dict
    number: str | None = None

    @property
    def updates(self):
        """Newest first. Those for a town are of what concerns it, and of all programmes that do not exclude it."""
        found = Update.objects.visible()
        if office := self.asked.get("office"):
            found = found.about(office=office.slug)
        if pillar := self.asked.get("pillar"):
            found = found.about(pillar=pillar.value)
        if kind := self.asked.get("kind"):
            found = found.filter(kind=kind)
        if town := self.asked.get("town"):
            found = concerning(found, town)
        return found

    @cached_property
    def page(self):
        return BoundedPaginator(self.updates, UPDATES_A_PAGE).get_page(self.number)

    @property
    def shown(self):
        """All of them, a row for each part that changed; one without such parts has a row of its own."""
        return [
            Shown(
                f"公開内容の更新{f'（{self.words}）' if self.words else ''}",
                COLUMNS,
                lambda: (row for update in self.updates.iterator(chunk_size=200) for row in _rows_of(update)),
                slug="updates",
                count=lambda most: self.updates.order_by()[:most].count(),
                notes=["長い文のうち変わっていないところは、「…」として省いています。"],
            )
        ]

    @property
    def in_feed(self):
        """The newest. On 1 April hundreds may come in one night: whoever asks once a day misses none of them."""
        newest = list(self.updates[:MOST_IN_FEED])
        begin = now() - ALL_OF_LAST
        if len(newest) < MOST_IN_FEED or newest[-1].happened_at < begin:
            return newest
        return list(self.updates.filter(happened_at__gte=begin)[:MOST_OF_LAST])

    @property
    def words(self):
        """「釧路振興局、財政的支援」; empty where all are asked for."""
        kinds = {kind.slug: kind.label for kind in described()}
        told = [self.asked.get("office"), self.asked.get("town"), kinds.get(self.asked.get("kind"))]
        pillar = self.asked.get("pillar")
        return "、".join(map(str, filter(None, [*told, pillar and pillar.label])))

    @property
    def query(self):
        keys = {
            "office": lambda office: office.slug,
            "pillar": lambda pillar: pillar.value,
            "town": lambda town: town.code,
            "kind": str,
        }
        return urlencode({name: keys[name](value) for name, value in self.asked.items()})

    @property
    def feed_url(self):
        return f"{reverse('update_feed')}{'?' if self.query else ''}{self.query}"

    @property
    def name(self):
        return f"住まいる北海道 公開内容の更新{f'（{self.words}）' if self.words else ''}"


def feed_of(page):
    """The text of the feed of an `UpdatesPage`."""
    root = settings.PUBLIC_ADDRESS
    query = f"?{page.query}" if page.query else ""
    feed = Feed(
        page.name,
        f"{root}{reverse('updates')}{query}",
        f"公開している制度、取組、数値などの、新しいもの、変わったところ、公開の終わったもの。新しい順に{MOST_IN_FEED}件まで、この7日間のものはそれより多くても入ります。",
        language="ja",
        author_name="住まいる北海道",
        feed_url=f"{root}{page.feed_url}",
        feed_guid=f"{root}{page.feed_url}",
        on=localdate(),
    )
    host = urlsplit(root).hostname
    for update in page.in_feed:
        feed.add_item(
            update.headline,
            f"{root}{update.path}",
            render_to_string("pages/_update_lines.html", {"update": update, "is_feed": True}),
            unique_id=f"tag:{host},{localtime(update.happened_at):%Y-%m-%d}:update/{update.pk}",
            pubdate=update.happened_at,
            updateddate=update.happened_at,
            categories=[update.kind_label],
        )
    return feed.writeString("utf-8")


def _rows_of(update):
    day, sample = localtime(update.happened_at).date(), "はい" if update.is_sample else "いいえ"
    what = [day, update.get_what_display(), update.kind_label, update.title, update.note]
    for cells in list(update.changes) or [("", "", "")]:
        yield [*what, *(cell or None for cell in cells), sample, f"{settings.PUBLIC_ADDRESS}{update.path}"]
