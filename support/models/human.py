"""人的支援: how many are sent, and the ledger of seats. No personal names anywhere."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from regions.models import Municipality
from sumairu.fields import FiscalYearField, KeyField, SampleField, keys_are, years_are
from sumairu.imports.models import SourcedFigure
from support.models.figures import ProgramFigureQuerySet, key_constraints, office_key, program_key, whose_and_when
from support.models.programs import Program, ProgramEdition


class DispatchFigureQuerySet(ProgramFigureQuerySet):
    def for_charts(self):
        """Of each programme, office and year the figure that a chart shows, oldest year first."""
        return list(self.order_by("fiscal_year"))


class DispatchFigure(SourcedFigure):
    program = program_key()
    fiscal_year = FiscalYearField()
    subprefecture = office_key()
    headcount = models.PositiveIntegerField("派遣者数（人）")

    value_field, measure = "headcount", "people"
    key_fields = ("program", "fiscal_year", "subprefecture")
    objects = DispatchFigureQuerySet.as_manager()

    class Meta(SourcedFigure.Meta):
        verbose_name = verbose_name_plural = "派遣者数"
        ordering = ["program", "-fiscal_year"]
        constraints = [
            *SourcedFigure.Meta.constraints,
            *key_constraints(
                "one_dispatch_figure",
                ["program", "fiscal_year"],
                "この制度・年度・振興局の派遣者数は、すでにあります。",
            ),
        ]

    def __str__(self):
        return f"{self.identity} {self.in_words}"

    @staticmethod
    def told(program, fiscal_year, subprefecture):
        """All that says which figure this is, in words: 地域振興派遣（地域創生枠）・令和3年度（2021）・全道."""
        return "・".join(whose_and_when(program, fiscal_year, subprefecture))


class DispatchDutyQuerySet(models.QuerySet):
    def published(self, on=None):
        """A duty is public with its programme's edition of the same year."""
        editions = ProgramEdition.objects.published(on)
        same_year = editions.filter(program=models.OuterRef("program"), fiscal_year=models.OuterRef("fiscal_year"))
        return self.filter(models.Exists(same_year))

    def of_the_newest_year(self):
        """Those of the newest year that any of them has."""
        return self.filter(fiscal_year=self.order_by("-fiscal_year").values("fiscal_year")[:1])


class DispatchDuty(models.Model):
    """What dispatched staff mainly do, as the prefecture says of a fiscal year."""

    program = models.ForeignKey(Program, models.PROTECT, verbose_name="支援制度", related_name="duties")
    fiscal_year = FiscalYearField()
    name = models.CharField("業務", max_length=80)
    order = models.PositiveSmallIntegerField("順序", default=0)
    source = models.CharField("出どころ", max_length=200, blank=True)

    objects = DispatchDutyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "派遣先での主な業務"
        ordering = ["-fiscal_year", "order"]
        constraints = [
            years_are("duty_year_has_a_name"),
            models.UniqueConstraint(
                fields=["program", "fiscal_year", "name"],
                name="one_duty_a_year",
                violation_error_message="この年度の同じ業務は、すでにあります。",
            ),
        ]

    def __str__(self):
        return self.name


class DispatchQuerySet(models.QuerySet):
    def published(self, on=None):
        """No page shows the ledger."""
        return self.none()

    def current(self, on=None):
        """Seats whose period holds on a day (today by default); first and last days are included."""
        on = on or localdate()
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on))


class Dispatch(models.Model):
    """One seat at one municipality."""

    class State(models.TextChoices):
        WANTED = "wanted", "希望"
        DECIDED = "decided", "決定"
        FILLED = "filled", "派遣中"

    code = KeyField("台帳番号", unique=True, help_text="例：kushiro-2021-01。取込に使います。")
    program = models.ForeignKey(Program, models.PROTECT, verbose_name="支援制度", related_name="dispatches")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="派遣先の市町村", related_name="dispatches"
    )
    duties = models.TextField("業務")
    state = models.CharField("状態", max_length=10, choices=State, default=State.WANTED)
    starts_on = models.DateField("いつから", null=True, blank=True)
    ends_on = models.DateField("いつまで", null=True, blank=True, help_text="この日まで。")
    is_sample = SampleField()
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "職員派遣"
        ordering = ["-starts_on", "code"]
        constraints = [
            keys_are("code", "dispatch_code_is_a_key"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="dispatch_days_in_order",
                violation_error_message="派遣の終わりが、始まりより前です。",
            ),
            models.CheckConstraint(
                condition=~Q(state="filled") | Q(starts_on__isnull=False),
                name="filled_dispatch_has_begun",
                violation_error_message="派遣中の席には、いつからかを入れてください。",
            ),
        ]

    def __str__(self):
        return f"{self.municipality} {self.duties[:20]}（{self.get_state_display()}）"
