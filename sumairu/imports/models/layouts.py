"""How workbooks of one shape are read, as an editor once put it right."""

from dataclasses import replace

from django.conf import settings
from django.db import models

from sumairu.imports.kinds import kind_label
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.workbooks import Correction
from sumairu.lib.workbooks.corrections import ColumnCorrection
from sumairu.lib.workbooks.words.years import names_other_year

# Beside the corrections of a table: which columns are how many years before its newest.
YEARS_BACK = "years_back"


class Layout(models.Model):
    """How workbooks of one shape are read, as an editor once corrected it: applied by itself to the next of that shape.

    `shape` is what stays the same from year to year (`sumairu.lib.workbooks.shape`). Of the corrections no year is kept,
    since next year's workbook is of another; of a column that names its year by its distance (前年度) the distance is.
    """

    kind = models.CharField("何の数値", max_length=20)
    name = models.CharField("名前", max_length=80)
    shape = models.CharField("形", max_length=64)
    corrections = models.JSONField("直した読み方", default=list, blank=True)
    answers = models.JSONField("質問の答え", default=dict, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="覚えさせた人", related_name="+"
    )
    kept_at = models.DateTimeField("覚えさせた日時", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "ブックの読み方"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "shape"],
                name="one_layout_of_a_shape",
                violation_error_message="この形のブックの読み方は、すでにあります。",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def kind_label(self):
        return kind_label(self.kind)

    @staticmethod
    def corrections_from(corrections, reading):
        """`corrections` of one workbook as a layout keeps them: without years, and with the sheet's place for its name."""
        places = {name: place for place, name in enumerate(_sheets_seen(reading))}
        return [
            each.without_years().to_json() | {"sheet": places[each.sheet], YEARS_BACK: _years_back(each, reading)}
            for each in map(Correction.from_json, corrections)
            if each.sheet in places
        ]

    def corrections_for(self, reading):
        """What the layout says of a workbook of its shape."""
        names = _sheets_seen(reading)
        return [
            _years_before(
                Correction.from_json(each | {"sheet": names[each["sheet"]]}), each.get(YEARS_BACK, {}), reading
            )
            for each in self.corrections
        ]

    @staticmethod
    def answers_from(answers, reading):
        """`answers` as a layout keeps them: those about a sheet with its place for its name."""
        return _with_sheets(answers, {name: str(place) for place, name in enumerate(_sheets_seen(reading))})

    def answers_for(self, reading):
        return _with_sheets(self.answers, {str(place): name for place, name in enumerate(_sheets_seen(reading))})


def _years_back(correction, reading):
    """Of columns that name no year but its distance, by their letters, how many years before the table's newest it is."""
    table, newest = _table_of(correction, reading)
    if newest is None:
        return {}
    unnamed = [each.letters for each in table.columns if each.fiscal_year is None and names_other_year(each.path)]
    said = {letters: correction.columns[letters].fiscal_year for letters in unnamed if letters in correction.columns}
    return {letters: newest - year for letters, year in said.items() if year}


def _years_before(correction, years_back, reading):
    """`correction` with the years of such columns, in a workbook of another year."""
    _, newest = _table_of(correction, reading)
    if newest is None:
        return correction
    columns = {
        letters: replace(correction.columns.get(letters, ColumnCorrection()), fiscal_year=newest - distance)
        for letters, distance in years_back.items()
    }
    return replace(correction, columns={**correction.columns, **columns})


def _table_of(correction, reading):
    """The table that a correction is of, and the newest fiscal year that its columns state; None for what is not there."""
    for table in reading.tables:
        if (table.sheet, table.number) == (correction.sheet, correction.table):
            return table, max((each.fiscal_year for each in table.columns if each.fiscal_year), default=None)
    return None, None


def _with_sheets(answers, sheets):
    """`answers` with the sheets that their keys are about called as `sheets` has them; without those that it has not."""
    found = {}
    for key, answer in ((QuestionKey(key), answer) for key, answer in answers.items()):
        if key.sheet is None:
            found[str(key)] = answer
        elif key.sheet in sheets:
            found[str(key.in_sheet(sheets[key.sheet]))] = answer
    return found


def _sheets_seen(reading):
    return [sheet.name for sheet in reading.sheets if not sheet.is_hidden]
