"""Figures of each municipality, year by year: allocation tax, donations. Facts, so all that is kept is public."""

from dataclasses import replace

from django.db import models, transaction
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import cached_property

from regions.models.places import Municipality
from sumairu.fields import DayOfYearField, FiscalYearField, KeyField, YearlyQuerySet, keys_are
from sumairu.imports.models import FigureChange, SourcedFigure
from sumairu.imports.stages import Stage
from sumairu.lib.calendars import CALENDAR_YEARS, FISCAL_YEARS
from sumairu.lib.measures import COUNTED_IN
from sumairu.models import UsedCode


class IndicatorQuerySet(models.QuerySet):
    def with_figures(self):
        """Those that have any, each with its `newest_year`."""
        newest = IndicatorFigure.objects.filter(indicator=models.OuterRef("pk")).order_by("-fiscal_year")
        years = self.annotate(newest_year=models.Subquery(newest.values("fiscal_year")[:1]))
        return years.filter(newest_year__isnull=False)

    def ever_public(self):
        """Those that have, or had, figures: with the first of them an indicator is public, and the history stays."""
        return self.filter(ever_had_figures())


def ever_had_figures():
    """The condition that an indicator has figures, or once had some."""
    changes = FigureChange.objects.filter(
        content_type__app_label=IndicatorFigure._meta.app_label, content_type__model=IndicatorFigure._meta.model_name
    ).annotate(indicator=Cast(KT("key__indicator_id"), models.BigIntegerField()))
    figures = IndicatorFigure.objects.filter(indicator=models.OuterRef("pk"))
    return models.Q(models.Exists(changes.filter(indicator=models.OuterRef("pk")))) | models.Q(models.Exists(figures))


class Indicator(models.Model):
    class CountsBy(models.TextChoices):
        FISCAL_YEAR = "fiscal_year", "年度（4月から翌年3月まで）"
        CALENDAR_YEAR = "calendar_year", "年（1月から12月まで）"
        DAY = "day", "時点（年に一度の、ある日の数）"

    class Measure(models.TextChoices):
        YEN = "yen", "金額（円）"
        PEOPLE = "people", "人数（人）"
        COUNT = "count", "件数（件）"

    slug = KeyField("URL名", unique=True, help_text="公開後は変えません。")
    name = models.CharField("名称", max_length=40, unique=True, help_text="ブックの見出しや表題にある名前にします。")
    aliases = models.TextField("別名", blank=True, help_text="ブックの見出しや表題にある、ほかの名前。1行に1つ。")
    measure = models.CharField("数えるもの", max_length=10, choices=Measure, default=Measure.YEN)
    counts_by = models.CharField("年の数え方", max_length=13, choices=CountsBy, default=CountsBy.FISCAL_YEAR)
    counted_on = DayOfYearField(
        "時点",
        help_text="年の数え方が時点で、毎年同じ日のときに、「10月1日」のように入れます。年によって違えば空けます。",
    )
    stage = models.CharField(
        "段階",
        max_length=5,
        choices=[(Stage.UNSTATED.value, "段階を分けない"), *Stage.choices[1:]],
        default=Stage.UNSTATED,
        blank=True,
        help_text="当初・最終などのどれか一つだけを追うとき。資料がほかの段階だと言う数値は読みません。",
    )
    source = models.CharField("出どころ", max_length=200, help_text="公表した機関と資料の題名。")
    source_url = models.URLField("出どころのページ", blank=True)
    note = models.TextField("注記", blank=True, help_text="数字を読むときに知っておくこと。公開ページに出ます。")
    order = models.PositiveSmallIntegerField("順序", default=0)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指標"
        ordering = ["order", "slug"]
        constraints = [
            keys_are("slug", "indicator_slug_is_a_key"),
            models.CheckConstraint(
                condition=models.Q(counted_on="") | models.Q(counts_by="day"),
                name="indicator_day_is_of_those_by_day",
                violation_error_message="時点は、年の数え方が「時点」の指標だけに入れます。",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        with transaction.atomic():
            super().save(**kwargs)
            UsedCode.keep(self, "slug")

    def get_absolute_url(self):
        return reverse("indicator_detail", args=[self.slug])

    def clean(self):
        UsedCode.refuse_taken(self, "slug")

    def was_public(self):
        return Indicator.objects.ever_public().filter(pk=self.pk).exists()

    def why_it_stays(self):
        """Why the row cannot be deleted, and what to do instead; empty where it can be."""
        if not self.was_public():
            return ""
        return f"指標「{self}」は、数値が公開されたことがあるため、削除できません。数値は「市町村別の数値」で直せます。"

    @property
    def names(self):
        """Every name by which workbooks may call it."""
        return [self.name, *filter(None, map(str.strip, self.aliases.splitlines()))]

    @cached_property
    def calendar(self):
        """The years that its figures count by."""
        if self.counts_by == self.CountsBy.FISCAL_YEAR:
            return FISCAL_YEARS
        return replace(CALENDAR_YEARS, day=DayOfYearField.month_and_day(self.counted_on))

    @property
    def is_money(self):
        return self.measure == self.Measure.YEN

    @property
    def unit(self):
        return COUNTED_IN[self.measure]


class IndicatorFigure(SourcedFigure):
    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="指標", related_name="figures")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name="市町村", related_name="indicator_figures"
    )
    # Of what calendar the year is, its indicator says.
    fiscal_year = FiscalYearField("年度・年")
    amount = models.BigIntegerField("値", help_text="円・人・件の単位で入れます。分からないものは、0にせず入れません。")

    value_field = "amount"
    key_fields = ("indicator", "municipality", "fiscal_year")
    objects = YearlyQuerySet.as_manager()

    class Meta(SourcedFigure.Meta):
        verbose_name = verbose_name_plural = "市町村別の数値"
        ordering = ["indicator", "-fiscal_year", "municipality__code"]
        constraints = [
            *SourcedFigure.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "municipality", "fiscal_year"],
                name="one_indicator_figure_a_year",
                violation_error_message="この指標・市町村・年の数値は、すでにあります。",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "fiscal_year"], name="indicator_figures_of_a_year")]

    def __str__(self):
        return f"{self.identity} {self.in_words}"

    def get_fiscal_year_display(self):
        return self.calendar.full_name(self.fiscal_year)

    @property
    def measure(self):
        return self.indicator.measure

    @staticmethod
    def calendar_of(indicator, **key):
        return indicator.calendar

    @staticmethod
    def told(indicator, municipality, fiscal_year):
        """All that says which figure this is, in words: 普通交付税・釧路市・令和4年度（2022）."""
        return "・".join([indicator.name, municipality.name, indicator.calendar.full_name(fiscal_year)])
