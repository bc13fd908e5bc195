"""What differs from office to office: notes on an edition, and who answers for a programme."""

from django.db import models
from django.db.models import F, Q

from regions.models import Desk, Subprefecture
from sumairu.fields import SampleField
from sumairu.publishing.models import Status
from sumairu.texts import MarkdownField, RenderedField
from support.models.programs import Program, ProgramEdition


class LocalNote(models.Model):
    """What differs in one subprefecture: priorities, forms, how the office runs the programme."""

    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="local_notes")
    subprefecture = models.ForeignKey(Subprefecture, models.PROTECT, verbose_name="振興局", related_name="+")
    text = MarkdownField("注記")
    text_html = RenderedField("text", level=4)
    source = models.CharField("出どころ", max_length=200, blank=True)
    is_sample = SampleField()

    class Meta:
        verbose_name = verbose_name_plural = "振興局の注記"
        ordering = ["subprefecture__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "subprefecture"],
                name="one_local_note_an_office",
                violation_error_message="この振興局の注記は、すでにあります。",
            )
        ]

    def __str__(self):
        return f"{self.edition} {self.subprefecture.short_name}の注記"

    def is_meant_for_public(self):
        """As its edition is. A note without an edition is refused because of that."""
        edition = getattr(self, "edition", None)
        return edition is not None and edition.status == Status.PUBLISHED


class ProgramDesk(models.Model):
    """Which desk answers for a programme: one for each office that has its own, one for everywhere else."""

    program = models.ForeignKey(Program, models.CASCADE, verbose_name="支援制度", related_name="desks")
    subprefecture = models.ForeignKey(
        Subprefecture,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="振興局",
        related_name="+",
        help_text="空欄は、そのほかのすべての振興局。",
    )
    desk = models.ForeignKey(Desk, models.PROTECT, verbose_name="窓口", related_name="programs")
    is_sample = SampleField()

    class Meta:
        verbose_name = verbose_name_plural = "制度の窓口"
        ordering = [F("subprefecture__order").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "subprefecture"],
                name="one_desk_a_program_and_office",
                violation_error_message="この振興局の窓口は、すでに決まっています。",
            ),
            models.UniqueConstraint(
                fields=["program"],
                condition=Q(subprefecture=None),
                name="one_desk_a_program_elsewhere",
                violation_error_message="そのほかの振興局の窓口は、すでに決まっています。",
            ),
        ]

    def __str__(self):
        return f"{self.program}：{self.desk}"
