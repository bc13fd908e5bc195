"""What municipalities took of a programme, year by year: money that was decided, projects, people who were sent.

A number that nobody has entered is not known, and is never taken for 0: a town that took nothing has a row that says so.

The ledger of seats (`support.models.Dispatch`) has some of the same people. It says who sits where on a day and is for
staff alone; what the public sees counts people by this record only, so that nobody is counted twice. Where both are
kept, the form shows the difference.
"""

from django.db import models
from django.db.models import Exists, Q

from regions.models import Municipality
from sumairu.fields import FiscalYearField, SampleField
from sumairu.imports.models import SourcedFigure
from sumairu.lib.measures import COUNTED_IN
from sumairu.lib.wareki import first_day, full_name, last_day
from support.models import Dispatch, Program
from support.models.figures import ProgramFigureQuerySet


class Counted(models.TextChoices):
    """What is counted, each with a column and a history of its own. What was decided and what was settled are kept apart."""

    DECIDED = "decided", "交付決定額"
    SETTLED = "settled", "交付確定額"
    PROJECTS = "projects", "交付決定件数"
    PEOPLE = "people", "派遣者数"

    @property
    def measure(self):
        return {self.PROJECTS: "count", self.PEOPLE: "people"}.get(self, "yen")

    @property
    def unit(self):
        return COUNTED_IN[self.measure]

    @property
    def title(self):
        """As it heads a column: 交付決定額（円）."""
        return f"{self.label}（{self.unit}）"

    @classmethod
    def in_order(cls, field="counted"):
        """To order by: as they are listed here, the same on both databases."""
        return models.Case(*(models.When(**{field: each}, then=place) for place, each in enumerate(cls)))


class UptakeFigureQuerySet(ProgramFigureQuerySet):
    def published(self, on=None):
        """Through the programme; invented ones only as long as there is no real one, beside which sums would be false."""
        real = UptakeFigure.objects.filter(is_sample=False)
        return super().published(on).filter(Q(is_sample=False) | ~Exists(real))

    def for_region(self, subprefecture):
        return self.filter(municipality__subprefecture=subprefecture)

    def of_the_prefecture(self):
        """None: each is of a town."""
        return self.none()


class UptakeFigure(SourcedFigure):
    program = models.ForeignKey(Program, models.PROTECT, verbose_name="支援制度", related_name="uptake")
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="市町村", related_name="uptake")
    fiscal_year = FiscalYearField()
    counted = models.CharField("数えるもの", max_length=10, choices=Counted, default=Counted.DECIDED)
    amount = models.BigIntegerField(
        "値", help_text="円・件・人の単位で入れます。使わなかったと分かっていれば0、分からなければ入れません。"
    )
    is_sample = SampleField(editable=False)

    value_field = "amount"
    key_fields = ("program", "municipality", "fiscal_year", "counted")
    objects = UptakeFigureQuerySet.as_manager()

    class Meta(SourcedFigure.Meta):
        verbose_name = verbose_name_plural = "市町村の活用実績"
        ordering = ["-fiscal_year", "program", "municipality__code", "counted"]
        constraints = [
            *SourcedFigure.Meta.constraints,
            models.UniqueConstraint(
                fields=["program", "municipality", "fiscal_year", "counted"],
                name="one_uptake_figure",
                violation_error_message="この制度・市町村・年度の同じ実績は、すでにあります。",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="uptake_is_not_negative",
                violation_error_message="実績は0以上です。",
            ),
        ]
        indexes = [
            models.Index(fields=["fiscal_year", "program"], name="uptake_of_a_year"),
            models.Index(fields=["municipality", "-fiscal_year"], name="uptake_of_a_town"),
        ]

    def __str__(self):
        return f"{self.identity} {self.in_words}"

    @property
    def measure(self):
        return Counted(self.counted).measure

    @property
    def counted_unit(self):
        return Counted(self.counted).unit

    @staticmethod
    def told(program, municipality, fiscal_year, counted):
        """All that says which figure this is, in words: 地域づくり総合交付金・釧路市・令和4年度（2022）・交付決定額."""
        return "・".join([program.official_name, municipality.name, full_name(fiscal_year), Counted(counted).label])

    @property
    def seats_in_ledger(self):
        """How many seats of the ledger were filled at this town in this year; None where people are not counted."""
        if self.counted != Counted.PEOPLE:
            return None
        seats = Dispatch.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=first_day(self.fiscal_year)),
            program=self.program_id,
            municipality=self.municipality_id,
            state=Dispatch.State.FILLED,
            starts_on__lte=last_day(self.fiscal_year),
        )
        return seats.count()
