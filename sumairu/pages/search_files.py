"""What a search found, as a table to take away."""

from django.conf import settings

from sumairu.lib.shown import Column, Shown

COLUMNS = [
    Column("kind", "種類"),
    Column("title", "題名"),
    Column("note", "内容の区分"),
    Column("places", "言葉のあるところ"),
    Column("is_sample", "見本", choices=("はい", "いいえ")),
    Column("page", "ページ"),
]


def shown_hits(search, addresses=()):
    """The hits that the pages of a search show; those of `addresses` where some are ticked."""

    def rows():
        for hit in search.hits(search.ids):
            if not addresses or hit.url in addresses:
                yield _cells(hit)

    conditions = [f"言葉「{search.query}」", *(f"{facet.label}：{choice.label}" for facet, choice in search.narrowed)]
    if addresses:
        conditions.append(f"選んだ{len(addresses)}件")
    if search.has_more:
        conditions.append(f"はじめの{len(search.ids):,}件")
    return Shown(f"「{search.query}」の検索結果"[:60], COLUMNS, rows, slug="hits", conditions=conditions)


def _cells(hit):
    places = "　".join(f"{place.label} {_text(place.text)}".strip() for place in hit.places)
    sample = "はい" if hit.is_sample else "いいえ"
    return [hit.kind, hit.title_text, hit.note, places, sample, f"{settings.PUBLIC_ADDRESS}{hit.url}"]


def _text(pieces):
    return "".join(piece.text for piece in pieces)
