"""The workbooks that anybody may have: those of which headquarters said so, as long as something public comes from them."""

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from sumairu.imports.kinds import kinds
from sumairu.imports.models import ImportRun


def public_figures(run):
    """The figures of a run that are public today; of a kind that knows no such state, all of them."""
    kind = kinds().get(run.kind)  # a run stays where its kind has gone
    return _public(kind.model).filter(run=run) if kind else ImportRun.objects.none()


def workbooks_given_out():
    """The runs whose workbooks anybody may have today, a workbook once, the newest first."""
    found = ImportRun.objects.none()
    for kind in kinds().values():
        own = _public(kind.model).order_by().filter(run=OuterRef("pk"))
        found |= ImportRun.objects.given_out().filter(Exists(own), kind=kind.slug)
    runs = found.select_related("file").order_by("-saved_at", "-pk")
    return list({(run.file.sha256, run.file.name): run for run in reversed(runs)}.values())[::-1]


def given_file(digest, name):
    """The workbook that an address names; None where nobody may have it, or no longer."""
    runs = ImportRun.objects.given_out().filter(file__sha256__startswith=digest, file__name=name)
    run = next((run for run in runs.select_related("file") if public_figures(run).exists()), None)
    return run and run.file


# Titles of columns under which people are named, or how to reach them.
_OF_PEOPLE = re.compile("氏名|名前|担当|職員名|電話|メール|mail|住所|生年月日", re.IGNORECASE)


@dataclass(frozen=True)
class Contents:
    """What whoever opens a workbook would find in it, as far as its reading tells. What is no table it does not tell."""

    sheets: tuple
    of_people: list[tuple[str, str]]  # the sheet, and the title of a column that may name people

    @property
    def has_unseen(self):
        """Is there anything that one does not see when opening it?"""
        return any(each.is_hidden or each.hidden_rows or each.hidden_columns or each.comments for each in self.sheets)


def contents_of(run):
    """The `Contents` of a run's workbook; None where its reading is not kept, or is of an older form."""
    reading = run.reading
    if reading is None:
        return None
    named = [(table.sheet, " › ".join(column.path)) for table in reading.tables for column in table.columns]
    of_people = [each for each in dict.fromkeys(named) if _OF_PEOPLE.search(each[1])]
    return Contents(reading.sheets, of_people)


def _public(model):
    rows = model.objects.all()
    return rows.published() if hasattr(rows, "published") else rows
