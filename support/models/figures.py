"""What the figures of the pillars share."""

from django.db import models
from django.db.models import Q

from regions.models import Subprefecture
from sumairu.fields import YearlyQuerySet
from sumairu.lib.wareki import full_name
from sumairu.publishing.models import public_on
from support.models.programs import Program, ProgramEdition


class ProgramFigureQuerySet(YearlyQuerySet):
    def published(self, on=None):
        """A figure is public through its programme."""
        return self.filter(
            models.Exists(ProgramEdition.objects.filter(public_on(on), program=models.OuterRef("program")))
        )

    def of_the_first(self, count):
        """Those of the first `count` programmes that have any."""
        having = Program.objects.filter(models.Exists(self.filter(program=models.OuterRef("pk"))))
        return self.filter(program__in=list(having[:count]))

    def of_the_prefecture(self):
        """Figures of the whole prefecture, not of one office."""
        return self.filter(subprefecture=None)

    def for_region(self, subprefecture):
        return self.filter(subprefecture=subprefecture)


def key_constraints(name, fields, message):
    """A unique key of `fields` and an optional subprefecture.

    Two partial constraints, since SQLite makes none of `nulls_distinct=False`.
    """
    return [
        models.UniqueConstraint(
            fields=[*fields, "subprefecture"],
            condition=Q(subprefecture__isnull=False),
            name=f"{name}_of_an_office",
            violation_error_message=message,
        ),
        models.UniqueConstraint(
            fields=fields,
            condition=Q(subprefecture=None),
            name=f"{name}_of_the_prefecture",
            violation_error_message=message,
        ),
    ]


def program_key():
    return models.ForeignKey(Program, models.PROTECT, verbose_name="支援制度", related_name="%(class)ss")


def office_key():
    return models.ForeignKey(
        Subprefecture,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="振興局",
        related_name="%(class)ss",
        help_text="空欄は全道。",
    )


def whose_and_when(program, fiscal_year, subprefecture):
    """The programme, year and office of a figure, in words."""
    office = subprefecture.short_name if subprefecture else "全道"
    return [program.official_name, full_name(fiscal_year), office]
