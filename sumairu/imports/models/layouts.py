"""How workbooks of one shape are read, as an editor once put it right."""

from django.conf import settings
from django.db import models

from sumairu.imports.kinds import kind_label
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.workbooks import Correction


class Layout(models.Model):
    """How workbooks of one shape are read, as an editor once corrected it: applied by itself to the next of that shape.

    `shape` is what stays the same from year to year (`sumairu.lib.workbooks.shape`). Of the corrections, no year is
    kept: next year's workbook is of another.
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
        kept = [Correction.from_json(each).without_years().to_json() for each in corrections]
        return [each | {"sheet": places[each["sheet"]]} for each in kept if each["sheet"] in places]

    def corrections_for(self, reading):
        """What the layout says of a workbook of its shape."""
        names = _sheets_seen(reading)
        return [Correction.from_json(each | {"sheet": names[each["sheet"]]}) for each in self.corrections]

    @staticmethod
    def answers_from(answers, reading):
        """`answers` as a layout keeps them: those about a sheet with its place for its name."""
        return _with_sheets(answers, {name: str(place) for place, name in enumerate(_sheets_seen(reading))})

    def answers_for(self, reading):
        return _with_sheets(self.answers, {str(place): name for place, name in enumerate(_sheets_seen(reading))})


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
