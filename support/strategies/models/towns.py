"""Each town's own strategy (市町村の総合戦略) with its aims and indicators.

Such strategies state whole fiscal years (令和2年度から令和6年度まで), and so do these records: a period ends on 31 March.
A strategy that nobody has entered is not known: its town may well have one.
"""

from enum import Enum

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Municipality, Theme
from sumairu.attachments import Attachment, attached_once
from sumairu.fields import FiscalYearField, KeyField, SampleField, https_only, keys_are, years_are
from sumairu.lib.progress import Value, sentence
from sumairu.lib.wareki import era_name, fiscal_year_on, full_name, last_day
from sumairu.models import UsedCode
from sumairu.publishing.models import Publishable, PublishableQuerySet, Status


class State(Enum):
    """How a strategy, or a town with those that are recorded of it, stands on a day: key, words, shape, a sentence more."""

    UNDER_WAY = "under-way", "期間中", "open", ""
    ENDING = "ending", "まもなく終わる", "soon", "今年度で期間が終わり、次の戦略の記録がありません。"
    ENDED = "ended", "終わった", "closed", "期間が終わり、次の戦略の記録がありません。"
    AHEAD = "ahead", "これから", "next", ""
    UNRECORDED = "unrecorded", "記録なし", "not", "策定していないとは限りません。"

    def __init__(self, key, label, mark, note):
        self.key, self.label, self.mark, self.note = key, label, mark, note

    @property
    def is_gap(self):
        return self in (State.ENDING, State.ENDED, State.UNRECORDED)


class TownStrategyQuerySet(PublishableQuerySet):
    def for_region(self, subprefecture):
        return self.filter(municipality__subprefecture=subprefecture)

    def in_force(self, on=None):
        year = fiscal_year_on(on or localdate())
        return self.filter(first_year__lte=year, last_year__gte=year)

    def not_followed(self):
        """Those whose town has no later one on record, in whatever state but 公開終了. After a real one comes a real one."""
        return self.filter(~Exists(_later_than(OuterRef)))

    def with_followed(self):
        """Each with `followed`, so that a list does not ask for every row."""
        return self.annotate(followed=Exists(_later_than(OuterRef)))

    def ending(self, on=None):
        """Those whose last fiscal year this is, so that they end within a year, on 31 March, with nothing after them."""
        return self.not_followed().filter(last_year=fiscal_year_on(on or localdate())).exclude(status=Status.ENDED)

    def run_out(self, on=None):
        """Those that ended before this fiscal year, with nothing after them."""
        return self.not_followed().filter(last_year__lt=fiscal_year_on(on or localdate())).exclude(status=Status.ENDED)

    def in_order(self):
        return self.order_by("municipality__code", "is_sample", "-last_year", "-first_year", "key")


def _later_than(of):
    """The strategies that follow one: `of` gives the one's fields by their names."""
    later = TownStrategy.objects.filter(municipality=of("municipality_id"), last_year__gt=of("last_year"))
    return later.exclude(status=Status.ENDED).filter(Q(is_sample=False) | Q(is_sample=of("is_sample")))


class TownStrategy(Publishable):
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="市町村", related_name="strategies")
    key = KeyField(
        "戦略番号", max_length=40, blank=True, help_text="URLと表で使います。空欄なら「012238-2020」のように付けます。"
    )
    title = models.CharField("名称", max_length=120, help_text="「第2期〇〇市まち・ひと・しごと創生総合戦略」など。")
    first_year = FiscalYearField("最初の年度")
    last_year = FiscalYearField("最後の年度", help_text="この年度の3月31日で期間が終わります。")
    summary = models.TextField(
        "要約", blank=True, help_text="戦略が何をめざすか、1〜3文で。分からなければ空欄にします。"
    )
    page_url = models.URLField(
        "公式ページ",
        max_length=500,
        blank=True,
        validators=[https_only],
        help_text="市町村のページ。https:// で始まるもの。",
    )
    document_url = models.URLField(
        "本文のURL",
        max_length=500,
        blank=True,
        validators=[https_only],
        help_text="本文のPDFなど。ファイルを添付することもできます。",
    )
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="前の戦略", related_name="successors"
    )
    source = models.CharField("出どころ", max_length=200, blank=True)
    source_note = models.TextField("出どころについての注記", blank=True, help_text="資料から分からないことなど。")
    is_sample = SampleField()
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    address_fields = ("municipality_id", "key")
    objects = TownStrategyQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = verbose_name_plural = "市町村の総合戦略"
        ordering = ["municipality__code", "-last_year", "-first_year", "key"]
        constraints = [
            *Publishable.Meta.constraints,
            years_are("strategy_first_year_has_a_name", "first_year"),
            years_are("strategy_last_year_has_a_name", "last_year"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="strategy_years_in_order",
                violation_error_message="最後の年度が、最初の年度より前です。",
            ),
            models.UniqueConstraint(
                fields=["key"], name="one_strategy_of_a_key", violation_error_message="この戦略番号は、すでにあります。"
            ),
            keys_are("key", "strategy_key_is_a_key"),
        ]
        indexes = [models.Index(fields=["municipality", "-last_year"], name="strategies_of_a_town")]

    def __str__(self):
        return f"{self.title}（{self.municipality}）"

    def save(self, **kwargs):
        with transaction.atomic():
            self.key = self.key or self._next_key()
            super().save(**kwargs)
            UsedCode.keep(self, "key")

    def clean(self):
        super().clean()
        if self.municipality_id and self.first_year:
            self.key = self.key or self._next_key()
        if self.key == "hokkaido":
            raise ValidationError({"key": "「hokkaido」は北海道の戦略のページに使います。別のものにしてください。"})
        UsedCode.refuse_taken(self, "key")
        before = self.predecessor_id and self.predecessor
        if before and (before.municipality_id != self.municipality_id or before.last_year >= (self.last_year or 0)):
            raise ValidationError({"predecessor": "同じ市町村の、これより先に終わる戦略を選んでください。"})

    def _next_key(self):
        """The town's code with the first year; with a number more, where another has or had that."""
        stem, number = f"{self.municipality.code}-{self.first_year}", 1
        kind, key = self._meta.label_lower, stem
        while UsedCode.objects.filter(kind=kind, code=key).exclude(record_id=self.pk or 0).exists():
            number += 1
            key = f"{stem}-{number}"
        return key

    def get_absolute_url(self):
        return reverse("strategy_detail", args=[self.key])

    @property
    def period(self):
        """「令和2年度（2020）から令和6年度（2024）まで」."""
        return period(self.first_year, self.last_year)

    @property
    def ends_on(self):
        return last_day(self.last_year)

    # The twins of the querysets' rules.

    def is_in_force(self, on=None):
        return self.first_year <= fiscal_year_on(on or localdate()) <= self.last_year

    @property
    def is_followed(self):
        return _later_than(lambda name: getattr(self, name)).exists()

    def is_ending(self, on=None):
        is_last = self.last_year == fiscal_year_on(on or localdate()) and self.status != Status.ENDED
        return is_last and not self.is_followed

    def has_run_out(self, on=None):
        is_past = self.last_year < fiscal_year_on(on or localdate()) and self.status != Status.ENDED
        return is_past and not self.is_followed

    def state(self, on=None, *, is_followed):
        """How it stands on a day. `is_followed` by what the reader may know of: for the public, by what is public."""
        year = fiscal_year_on(on or localdate())
        if year < self.first_year:
            return State.AHEAD
        if year > self.last_year:
            return State.ENDED
        return State.ENDING if year == self.last_year and not is_followed else State.UNDER_WAY


def period(first, last):
    """Empty where neither is known."""
    return "".join([f"{full_name(first)}から" if first else "", f"{full_name(last)}まで" if last else ""])


class BeneathQuerySet(models.QuerySet):
    """What is public with its strategy."""

    def published(self, on=None):
        return self.filter(strategy__in=TownStrategy.objects.published(on).order_by().values("pk"))

    def ever_public(self, on=None):
        return self.filter(strategy__in=TownStrategy.objects.ever_public(on).order_by().values("pk"))


class StrategyAim(models.Model):
    strategy = models.ForeignKey(TownStrategy, models.CASCADE, verbose_name="戦略", related_name="aims")
    number = models.PositiveSmallIntegerField("番号", help_text="基本目標1なら1。この順に並びます。")
    text = models.CharField("基本目標", max_length=200)
    themes = models.ManyToManyField(
        Theme, blank=True, verbose_name="分野", help_text="同じ分野の支援制度と取組が、公開ページで横に並びます。"
    )

    objects = BeneathQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "基本目標"
        ordering = ["strategy", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "number"],
                name="one_aim_of_a_number",
                violation_error_message="この戦略には、同じ番号の基本目標がすでにあります。",
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, 99)),
                name="aim_number_is_small",
                violation_error_message="基本目標の番号は、1から99までです。",
            ),
        ]

    def __str__(self):
        return f"基本目標{self.number}　{self.text}"


class StrategyIndicator(models.Model):
    """A number by which a strategy measures itself (数値目標, KPI). None is what nobody has recorded, never 0."""

    strategy = models.ForeignKey(TownStrategy, models.CASCADE, verbose_name="戦略", related_name="indicators")
    aim_number = models.PositiveSmallIntegerField(
        "基本目標の番号", default=0, blank=True, help_text="どの基本目標の指標か。戦略全体の数値目標は0にします。"
    )
    name = models.CharField("指標", max_length=120)
    unit = models.CharField("単位", max_length=20, blank=True, help_text="「人」「件」「％」など。")
    base_value = models.DecimalField("基準値", max_digits=18, decimal_places=4, null=True, blank=True)
    base_year = FiscalYearField("基準値の年度", null=True, blank=True)
    target_value = models.DecimalField("目標値", max_digits=18, decimal_places=4, null=True, blank=True)
    target_year = FiscalYearField("目標値の年度", null=True, blank=True)
    newest_value = models.DecimalField(
        "最新の値",
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="分からなければ空欄にします。0とはちがいます。",
    )
    newest_on = models.DateField(
        "最新の値の日", null=True, blank=True, help_text="いつの値か。年度の値なら、年度末の3月31日。"
    )
    newest_source = models.CharField("最新の値の出どころ", max_length=200, blank=True)
    note = models.CharField("注記", max_length=200, blank=True, help_text="数え方、数で表せない目標など。")

    objects = BeneathQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "戦略の指標"
        ordering = ["strategy", "aim_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["strategy", "aim_number", "name"],
                name="one_indicator_of_a_name",
                violation_error_message="この基本目標には、同じ名前の指標がすでにあります。",
            ),
            models.CheckConstraint(
                condition=Q(aim_number__range=(0, 99)),
                name="indicator_aim_number_is_small",
                violation_error_message="基本目標の番号は、0から99までです。",
            ),
            models.CheckConstraint(
                condition=Q(newest_value=None) | Q(newest_on__isnull=False),
                name="newest_value_has_a_day",
                violation_error_message="最新の値には、いつの値かを入れてください。",
            ),
            years_are("indicator_base_year_has_a_name", "base_year"),
            years_are("indicator_target_year_has_a_name", "target_year"),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.aim_number is None:  # left empty in a form: of the whole strategy
            self.aim_number = 0

    @property
    def base(self):
        return Value(self.base_value, era_name(self.base_year) if self.base_year else "")

    @property
    def target(self):
        return Value(self.target_value, era_name(self.target_year) if self.target_year else "")

    @property
    def newest(self):
        day = self.newest_on
        return Value(self.newest_value, f"{day.year}年{day.month}月{day.day}日" if day else "")

    @property
    def base_words(self):
        return self.base.written()

    @property
    def target_words(self):
        return self.target.written()

    @property
    def newest_words(self):
        return self.newest.written()

    @property
    def progress(self):
        """Base, newest value and target in a sentence, with what is not recorded."""
        return sentence(self.base, self.newest, self.target, self.unit)


class StrategyAttachment(Attachment):
    """The text of a strategy as a file, public when the strategy is."""

    strategy = models.ForeignKey(TownStrategy, models.CASCADE, verbose_name="戦略", related_name="attachments")

    owner_field, address_name = "strategy", "strategy_file"

    class Meta(Attachment.Meta):
        constraints = [attached_once("strategy", "one_strategy_attachment_of_a_file")]
