"""What pages tell of a run that waits for its editor, so that none of them compares anew (`sumairu.imports.kept`).

Of a saved run it stays as its editor saw it: the sheet with what was read in each cell, and what was not taken in.
"""

from django.db import models

from sumairu.imports.models.runs import ImportRun


class KeptComparison(models.Model):
    """The whole in a summary. `stood_on` is a digest of the stored figures and names that it was compared with."""

    run = models.OneToOneField(
        ImportRun, models.CASCADE, primary_key=True, verbose_name="取込", related_name="kept_comparison"
    )
    stood_on = models.CharField("くらべたもの", max_length=64)
    packed = models.BinaryField("まとめ")

    class Meta:
        verbose_name = verbose_name_plural = "くらべた結果"

    def __str__(self):
        return f"{self.run_id}"


class KeptLines(models.Model):
    """The lines of some rows of a sheet, and the cautions on them."""

    run = models.ForeignKey(ImportRun, models.CASCADE, verbose_name="取込", related_name="+")
    number = models.PositiveIntegerField("番号")
    packed = models.BinaryField("行")

    class Meta:
        verbose_name = verbose_name_plural = "くらべた行"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"],
                name="one_block_of_lines_of_a_number",
                violation_error_message="この番号の行は、すでにあります。",
            )
        ]

    def __str__(self):
        return f"{self.run_id} {self.number}"
