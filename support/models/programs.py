"""Support programmes: an identity that lasts, and what it is in one fiscal year."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Desk, Fact, Subprefecture
from sumairu.fields import FiscalYearField, SampleField
from sumairu.lib import eligibility
from sumairu.lib.folding import fold
from sumairu.models import StoredFile
from sumairu.publishing.models import Publishable, PublishableQuerySet, public_on


class Pillar(models.TextChoices):
    FINANCIAL = "financial", "財政的支援"
    INFORMATIONAL = "informational", "情報支援"
    HUMAN = "human", "人的支援"


class ProgramQuerySet(models.QuerySet):
    def published(self, on=None):
        """Programmes with an edition that is public on a day: a programme has no publishing of its own."""
        return self.filter(models.Exists(ProgramEdition.objects.filter(public_on(on), program=models.OuterRef("pk"))))

    def of(self, pillar):
        return self.filter(pillar=pillar)


class Program(models.Model):
    slug = models.SlugField("制度番号", unique=True, help_text="URLと取込に使います。変えません。")
    pillar = models.CharField("支援の柱", max_length=15, choices=Pillar)
    official_name = models.CharField("正式な名称", max_length=80, unique=True)
    plain_name = models.CharField(
        "やさしい名称", max_length=60, help_text="したいことから始めます。40字までが目安です。"
    )
    desk = models.ForeignKey(
        Desk, models.PROTECT, null=True, blank=True, verbose_name="所管", related_name="owned_programs"
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="後継の制度", related_name="predecessors"
    )
    order = models.PositiveSmallIntegerField("順序", default=0)
    is_sample = SampleField()

    objects = ProgramQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "支援制度"
        ordering = ["order", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(successor=F("pk")),
                name="program_does_not_succeed_itself",
                violation_error_message="後継の制度に、その制度自身は選べません。",
            )
        ]

    def __str__(self):
        return self.official_name

    def get_absolute_url(self):
        return reverse("program_detail", args=[self.slug])

    def is_published(self, on=None):
        return any(edition.is_published(on) for edition in self.editions.all())

    def newest_edition(self, on=None):
        """The edition of the newest fiscal year that is public on a day; None where there is none."""
        return self.editions.published(on).order_by("-fiscal_year").first()

    def desk_for(self, subprefecture):
        """The one desk to call from a town of `subprefecture`: the office's own row, else headquarters'; or None."""
        offices = {row.subprefecture_id: row.desk for row in self.desks.all()}
        return offices.get(subprefecture and subprefecture.pk) or offices.get(None) or self.desk


class ProgramAlias(models.Model):
    """Another name under which workbooks and people know a programme."""

    program = models.ForeignKey(Program, models.CASCADE, verbose_name="支援制度", related_name="aliases")
    name = models.CharField("別名", max_length=80)
    folded = models.CharField(
        max_length=80,
        unique=True,
        editable=False,
    )

    class Meta:
        verbose_name = verbose_name_plural = "別名"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.folded = fold(self.name)
        super().save(**kwargs)

    def clean(self):
        self.folded = fold(self.name)
        if ProgramAlias.objects.filter(folded=self.folded).exclude(pk=self.pk).exists():
            raise ValidationError({"name": "この別名は、すでに使われています。"})


class ProgramEditionQuerySet(PublishableQuerySet):
    def in_year(self, fiscal_year):
        return self.filter(fiscal_year=fiscal_year)

    def current(self, on=None):
        """Of each programme, the public edition of the newest fiscal year."""
        newer = ProgramEdition.objects.filter(
            public_on(on), program=models.OuterRef("program"), fiscal_year__gt=models.OuterRef("fiscal_year")
        )
        return self.published(on).filter(~models.Exists(newer))


class ProgramEdition(Publishable):
    program = models.ForeignKey(Program, models.PROTECT, verbose_name="支援制度", related_name="editions")
    fiscal_year = FiscalYearField()
    summary = models.TextField("概要", help_text="200字までが目安です。")
    body = models.TextField("内容", blank=True, help_text="Markdownで書けます。5,000字までが目安です。")
    target = models.TextField("対象者", blank=True, help_text="500字までが目安です。")
    pays_for = models.TextField("用途・対象になるもの", blank=True, help_text="200字までが目安です。")
    excludes = models.TextField("対象にならないもの", blank=True, help_text="1行に1つ。")
    rate = models.CharField("支援の割合", max_length=60, blank=True, help_text="例：対象経費の2分の1以内")
    ceiling = models.CharField("上限と下限", max_length=200, blank=True)
    decided_by = models.CharField("決めるところ", max_length=200, blank=True)
    how_to_apply = models.TextField("利用・申請方法", blank=True, help_text="500字までが目安です。")
    legal_basis = models.CharField("根拠", max_length=500, blank=True)
    source = models.TextField("出どころ", blank=True, help_text="資料の名前、年度、見た月。1行に1つ。")
    source_note = models.TextField("出どころについての注記", blank=True)
    is_carried_over = models.BooleanField(
        "前年度のまま・未確認", default=False, help_text="前年度から写したままの版です。内容を確かめたら外します。"
    )
    is_sample = SampleField()
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    objects = ProgramEditionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = verbose_name_plural = "制度の年度版"
        ordering = ["program", "-fiscal_year"]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["program", "fiscal_year"],
                name="one_edition_a_year",
                violation_error_message="この制度のこの年度の版は、すでにあります。",
            ),
            models.CheckConstraint(
                condition=~Q(status="published", is_carried_over=True),
                name="published_editions_are_confirmed",
                violation_error_message="前年度のまま・未確認の版は公開できません。内容を確かめて、印を外してください。",
            ),
        ]

    def __str__(self):
        return f"{self.program} {self.get_fiscal_year_display()}"

    def get_absolute_url(self):
        return reverse("program_year", args=[self.program.slug, self.fiscal_year])

    def verdict(self, facts):
        """使える・条件次第・対象外 and why, for a town of which `facts` are known (see `eligibility_facts`)."""
        return eligibility.judge([rule.as_rule() for rule in self.rules.all()], facts)

    def windows_for(self, subprefecture):
        """The windows that hold in `subprefecture`: for each kind of applicant the office's own, else headquarters'."""
        windows = list(self.windows.all())
        own = [window for window in windows if subprefecture and window.subprefecture_id == subprefecture.pk]
        kinds = {window.applicant for window in own}
        return own + [window for window in windows if window.subprefecture_id is None and window.applicant not in kinds]


class LocalNote(models.Model):
    """What differs in one subprefecture: priorities, forms, how the office runs the programme."""

    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="local_notes")
    subprefecture = models.ForeignKey(Subprefecture, models.PROTECT, verbose_name="振興局", related_name="+")
    text = models.TextField("注記", help_text="Markdownで書けます。")
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


class ApplicationWindowQuerySet(models.QuerySet):
    def open_on(self, on=None):
        """Windows in which one may apply on a day; an unknown first or last day leaves that side open."""
        on = on or localdate()
        return self.filter(Q(opens_on=None) | Q(opens_on__lte=on), Q(closes_on=None) | Q(closes_on__gte=on))

    def closing_within(self, time, on=None):
        """Windows open on a day of which the last day is at most `time` (a timedelta) away."""
        on = on or localdate()
        return self.open_on(on).filter(closes_on__lte=on + time)


class ApplicationWindow(models.Model):
    class Applicant(models.TextChoices):
        ANYONE = "anyone", "すべて"
        MUNICIPALITY = "municipality", "市町村"
        GROUP = "group", "団体"

    class State(models.TextChoices):
        SOON = "soon", "もうすぐ"
        OPEN = "open", "受付中"
        CLOSED = "closed", "終了"

    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="windows")
    subprefecture = models.ForeignKey(
        Subprefecture,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="振興局",
        related_name="+",
        help_text="空欄は全道共通。",
    )
    applicant = models.CharField("申し込む人", max_length=15, choices=Applicant, default=Applicant.ANYONE)
    opens_on = models.DateField("受付開始日", null=True, blank=True, help_text="この日から。")
    closes_on = models.DateField("受付終了日", null=True, blank=True, help_text="この日まで。両方とも空欄なら通年。")
    note = models.CharField("受付備考", max_length=200, blank=True)
    is_sample = SampleField()

    objects = ApplicationWindowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "受付期間"
        ordering = [F("subprefecture__order").asc(nulls_first=True), "applicant", "opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="window_days_in_order",
                violation_error_message="受付終了日が、受付開始日より前です。",
            )
        ]

    def __str__(self):
        return f"{self.edition} {self.subprefecture or '全道'} {self.get_applicant_display()}"

    def state(self, on=None):
        on = on or localdate()
        if self.opens_on and on < self.opens_on:
            return self.State.SOON
        if self.closes_on and self.closes_on < on:
            return self.State.CLOSED
        return self.State.OPEN

    def is_open(self, on=None):
        return self.state(on) == self.State.OPEN

    def days_left(self, on=None):
        """Days until the last day, which counts: 0 on that day itself. None where there is no last day."""
        return self.closes_on and (self.closes_on - (on or localdate())).days


def eligibility_facts(municipality, recorded=None):
    """What `EligibilityRule`s may ask of a town: its kind and office, and the newest of each fact recorded.

    `recorded` are those newest rows, where a caller has them for many towns at once.
    """
    if recorded is None:
        recorded = municipality.facts.newest().select_related("fact")
    return {
        "applicant": "市町村",
        "kind": municipality.kind,
        "subprefecture": municipality.subprefecture.name,
        **{row.fact.slug: row.known for row in recorded},
    }


class EligibilityRule(models.Model):
    """One thing that must hold of a town. All rules of an edition must; none at all means: not known."""

    class Operator(models.TextChoices):
        EQ = "eq", "である"
        NE = "ne", "ではない"
        LT = "lt", "未満"
        LTE = "lte", "以下"
        GT = "gt", "より大きい"
        GTE = "gte", "以上"
        IN = "in", "のどれか"
        JUDGED = "judged", "人が判断する"

    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="rules")
    fact = models.ForeignKey(Fact, models.PROTECT, verbose_name="何について", related_name="rules")
    operator = models.CharField("条件", max_length=10, choices=Operator, default=Operator.EQ)
    value = models.CharField(
        "値", max_length=200, help_text="「のどれか」は「;」で区切ります。「人が判断する」は、だれが何を見るか。"
    )
    wording = models.CharField("満たすときの言葉", max_length=100, blank=True, help_text="空欄なら自動で作ります。")
    wording_unmet = models.CharField("満たさないときの言葉", max_length=100, blank=True)
    order = models.PositiveSmallIntegerField("順序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "対象要件"
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.fact} {self.value} {self.get_operator_display()}"

    def as_rule(self):
        return eligibility.Rule(
            fact=self.fact.slug,
            label=self.fact.label,
            unit=self.fact.unit,
            operator=eligibility.Operator(self.operator),
            value=self.value,
            wording=self.wording,
            wording_unmet=self.wording_unmet,
        )

    def clean(self):
        try:
            if self.fact_id:
                eligibility.validate(self.as_rule())
        except ValueError as error:
            raise ValidationError({"value": str(error)}) from error


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


class EditionAttachment(models.Model):
    """A form or guide beside an edition, public when the edition is."""

    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="attachments")
    title = models.CharField("見出し", max_length=80)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="ファイル", related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "添付ファイル"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "file"],
                name="one_edition_attachment_of_a_file",
                violation_error_message="同じファイルがすでに添付されています。",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        edition = self.edition
        return reverse(
            "program_file", args=[edition.program.slug, edition.fiscal_year, self.file.sha256[:12], self.file.name]
        )
