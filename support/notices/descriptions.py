"""Notices, described once: how they are found, told of, and taken away as a file."""

from django.db.models import Prefetch

from regions.descriptions import publishing
from regions.models import Desk, Municipality, Subprefecture, Theme
from sumairu.descriptions import Kind, Link, Part, part
from sumairu.lib.days import full_day
from sumairu.lib.markdown import plain
from support.models import Program, ProgramEdition
from support.notices.models import Notice


def _notices():
    editions = ProgramEdition.objects.only("program", "status", "publish_on", "unpublish_on")
    return (
        Notice.objects.select_related("subprefecture", "desk", "replaced_by")
        .prefetch_related("themes", "municipalities", "links", "attachments", Prefetch("programs__editions", editions))
        .order_by("is_sample", *Notice._meta.ordering)
    )


def _public_programs(notice):
    """Their numbers; one that nobody sees is not named."""
    return [program.slug for program in notice.programs.all() if program.is_published()]


def _note(notice):
    """Whose it is and of what day; and whether it still holds."""
    marks = {"取り下げ": notice.is_withdrawn(), "新しいお知らせあり": notice.is_replaced()}
    told = [notice.office_name, notice.get_kind_display(), full_day(notice.dated)]
    return "　".join([*told, *(mark for mark, holds in marks.items() if holds)])


def _replaced(notice):
    newer, office = notice.public_replacement(), notice.subprefecture
    if newer:
        return {"代わるお知らせ": [Link(newer.title, newer.get_absolute_url(), newer.is_sample)]}
    others = Notice.objects.current().filter(subprefecture=office).newest_first()[:5]
    return {
        f"{notice.office_name}のほかのお知らせ": [
            Link(other.title, other.get_absolute_url(), other.is_sample) for other in others
        ]
    }


NOTICES = Kind(
    slug="notices",
    label="お知らせ",
    about="公開しているお知らせ。市町村への情報提供と国の新制度。していただくことと期限、取り下げたもの、代わるもの",
    model=Notice,
    public=lambda: _notices().published(),
    every=_notices,
    listed=lambda: Notice.objects.current().order_by("-dated", "-pk"),
    parts=[
        part(Notice, "code", searched=True, from_start=True),
        part(Notice, "kind"),
        part(Notice, "subprefecture__name", searched=True),
        part(Notice, "title", searched=True),
        part(Notice, "dated"),
        part(Notice, "text", searched=True, is_markdown=True),
        part(Notice, "to_do", searched=True),
        part(Notice, "act_by"),
        part(Notice, "readings", is_given=False),
        *(part(Notice, name) for name in ("financial", "informational", "human")),
        part(Notice, "themes__name", searched=True),
        part(Notice, "municipalities__code", is_given=False),
        part(Notice, "municipalities__name", "市町村", searched=True, in_tables=False),
        part(Notice, "municipalities__code", "市町村の団体コード", name="municipality_codes", in_tables=False),
        part(Notice, "programs__slug", is_given=False),  # which need not be public
        Part("program_slugs", "支援制度の制度番号", _public_programs),
        part(Notice, "desk__section", "窓口", name="desk", in_tables=False),
        part(Notice, "ministry", searched=True),
        part(Notice, "basis", searched=True),
        part(Notice, "desk_says", searched=True),
        part(Notice, "links__label", "公式ページ", searched=True, in_tables=False),
        part(Notice, "attachments__title", "添付ファイル", searched=True, in_tables=False),
        part(Notice, "source"),
        part(Notice, "replaced_by__code", is_given=False),  # which need not be public
        Part("replaced_by", "代わるお知らせ", lambda notice: notice.replaced_by.code if notice.is_replaced() else ""),
        part(Notice, "withdrawn_on"),
        part(Notice, "withdrawn_why"),
        *publishing(Notice),
        part(Notice, "updated_at", "更新日", in_tables=False),
    ],
    titled="title",
    summary=lambda notice: plain(notice.text),
    note=_note,
    facets=lambda notice: {
        "office": [notice.subprefecture.slug] if notice.subprefecture else [],
        "pillar": [pillar.value for pillar in notice.pillars],
        "theme": [theme.slug for theme in notice.themes.all()],
        "town": [town.code for town in notice.municipalities.all()],
    },
    replaced_by=_replaced,
    drawn_from={
        Theme: ["themes"],
        Municipality: ["municipalities"],
        Subprefecture: ["subprefecture"],
        Desk: ["desk"],
        Program: ["programs"],
        ProgramEdition: ["programs__editions"],
        Notice: ["replaced_by"],
    },
)

KINDS = [NOTICES]
TABLES = []
FACETS = []
