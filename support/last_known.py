"""What is known of an edition field by field: its own text, the last known one of an earlier year, or that it ended."""

from dataclasses import dataclass

from sumairu.lib.wareki import era_name


@dataclass(frozen=True)
class Known:
    """`text` is empty where nothing is known; `year` is that of an earlier edition it comes from; `html` where it is Markdown."""

    text: str
    year: int | None = None
    ended: bool = False
    html: str = ""

    @property
    def note(self):
        """What stands beside a text of another year: 「令和6年度の内容」."""
        return f"{era_name(self.year)}の内容" if self.year else ""


@dataclass(frozen=True)
class KnownRows:
    """Rows beside an edition; `year` as of a `Known` text."""

    rows: list
    year: int | None = None

    note = Known.note


def known(edition, name, editions):
    """The field `name` of `edition`, looked for in the earlier ones of `editions` where it is silent."""
    html = f"{name}_html"
    if text := getattr(edition, name).strip():
        return Known(text, html=getattr(edition, html, ""))
    if name in edition.ended_fields:
        return Known("", ended=True)
    for earlier in sorted(editions, key=lambda each: -each.fiscal_year):
        if earlier.fiscal_year >= edition.fiscal_year or (earlier.is_sample and not edition.is_sample):
            continue
        if text := getattr(earlier, name).strip():
            return Known(text, earlier.fiscal_year, html=getattr(earlier, html, ""))
        if name in earlier.ended_fields:
            break
    return Known("")


def known_rows(edition, name, editions, order=None):
    """The rows `name` beside `edition`, those of the newest earlier one of `editions` that has any where it has none."""
    for each in (edition, *sorted(editions, key=lambda each: -each.fiscal_year)):
        if each != edition and (each.fiscal_year >= edition.fiscal_year or (each.is_sample and not edition.is_sample)):
            continue
        if rows := list(getattr(each, name).all()):
            return KnownRows(sorted(rows, key=order) if order else rows, None if each == edition else each.fiscal_year)
    return KnownRows([])
