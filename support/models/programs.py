"""Support programmes: an identity that lasts, and what it is in one fiscal year."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from regions.models import Desk, Theme
from sumairu.fields import (
    EasySummaryField,
    FieldNamesField,
    FiscalYearField,
    KeyField,
    ReadingsField,
    SampleField,
    YearlyQuerySet,
    https_only,
    keys_are,
    years_are,
)
from sumairu.lib import eligibility
from sumairu.lib.folding import fold
from sumairu.models import UsedCode
from sumairu.publishing.models import Publishable, PublishableQuerySet, public_on
from sumairu.texts import HELP, MarkdownField, RenderedField


class Pillar(models.TextChoices):
    FINANCIAL = "financial", "財政的支援"
    INFORMATIONAL = "informational", "情報支援"
    HUMAN = "human", "人的支援"


class Use(models.TextChoices):
    """Who does what with a programme: pages ask only what makes sense for it."""

    APPLY = "apply", "申し込む"
    CONSULT = "consult", "相談する"
    READ = "read", "読む"
    PREFECTURE = "prefecture", "道が行う"


class ProgramQuerySet(models.QuerySet):
    def published(self, on=None):
        """Programmes with an edition that is public on a day: a programme has no publishing of its own."""
        return self.filter(models.Exists(ProgramEdition.objects.filter(public_on(on), program=models.OuterRef("pk"))))

    def ever_public(self, on=None):
        """Programmes of which the public has seen an edition, whether or not it still does."""
        return self.filter(models.Exists(ProgramEdition.objects.ever_public(on).filter(program=models.OuterRef("pk"))))

    def of(self, pillar):
        return self.filter(pillar=pillar)

    def about(self, theme):
        return self.filter(themes=theme)


class Program(models.Model):
    slug = KeyField("制度番号", unique=True, help_text="URLと取込に使います。変えません。")
    pillar = models.CharField("支援の柱", max_length=15, choices=Pillar)
    official_name = models.CharField("正式な名称", max_length=80, unique=True)
    plain_name = models.CharField("やさしい名称", max_length=60, help_text="したいことから始めます。")
    name_en = models.CharField(
        "英語の名称",
        max_length=120,
        blank=True,
        help_text="英語のページに出ます。空欄なら、英語のページには日本語の名称が出ます。",
    )
    readings = ReadingsField(of="名称と、年度版の概要、やさしい日本語")
    use = models.CharField(
        "使い方",
        max_length=10,
        choices=Use,
        default=Use.APPLY,
        help_text="まちがこの制度でできること。「読む」「道が行う」では、受付期間と対象の市町村を尋ねません。",
    )
    themes = models.ManyToManyField(
        Theme,
        blank=True,
        verbose_name="分野",
        related_name="programs",
        help_text="この制度が支える分野。分野を限らない制度は、どれも選びません。",
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
            keys_are("slug", "program_slug_is_a_key"),
            models.CheckConstraint(
                condition=~Q(successor=F("pk")),
                name="program_does_not_succeed_itself",
                violation_error_message="後継の制度に、その制度自身は選べません。",
            ),
        ]

    def __str__(self):
        return self.official_name

    def save(self, **kwargs):
        with transaction.atomic():
            super().save(**kwargs)
            UsedCode.keep(self, "slug")

    def get_absolute_url(self):
        return reverse("program_detail", args=[self.slug])

    @property
    def asks_towns(self):
        """Does one apply for it or ask for advice, so that it matters whom it reaches?"""
        return self.use in (Use.APPLY, Use.CONSULT)

    def clean(self):
        UsedCode.refuse_taken(self, "slug")

    def is_published(self, on=None):
        return any(edition.is_published(on) for edition in self.editions.all())

    def public_successor(self):
        """The first public programme after this one; None where those that follow are not public, or lead back."""
        reached, program = {self.pk}, self
        while (following := program.successor) and following.pk not in reached:
            if Program.objects.published().filter(pk=following.pk).exists():
                return following
            reached.add(following.pk)
            program = following
        return None

    def desk_for(self, subprefecture):
        """The one desk to call from a town of `subprefecture`: the office's own row, else headquarters'; or None."""
        rows = list(self.desks.all())
        for those in ([row for row in rows if not row.is_sample], rows):
            offices = {row.subprefecture_id: row.desk for row in those}
            if desk := offices.get(subprefecture and subprefecture.pk) or offices.get(None) or self.desk:
                return desk
        return None


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


class ProgramEditionQuerySet(YearlyQuerySet, PublishableQuerySet):
    def speaking(self, on=None):
        """Public editions, but samples only of programmes that have no real one: an invented text hides none that is."""
        real = ProgramEdition.objects.filter(public_on(on), program=models.OuterRef("program"), is_sample=False)
        return self.published(on).filter(Q(is_sample=False) | ~models.Exists(real))


# What an edition says in words. Where one of LASTING is empty, the last known text holds; COPIED goes to a year that is
# known to be the same.
LASTING = [
    "target",
    "pays_for",
    "excludes",
    "rate",
    "ceiling",
    "decided_by",
    "how_to_apply",
    "apply_url",
    "legal_basis",
    "body",
]
COPIED = ["summary", "easy_summary", "summary_en", *LASTING, "source", "source_note"]


def _known_fields(names):
    """For the migration that made the field."""


class ProgramEdition(Publishable):
    program = models.ForeignKey(Program, models.PROTECT, verbose_name="支援制度", related_name="editions")
    fiscal_year = FiscalYearField()
    summary = models.TextField("概要")
    easy_summary = EasySummaryField()
    summary_en = models.TextField(
        "英語の概要",
        blank=True,
        help_text="英語のページに出ます。空欄なら、英語の概要はないと書き、日本語のページへ案内します。",
    )
    body = MarkdownField("内容", blank=True, help_text=HELP)
    body_html = RenderedField("body")
    target = models.TextField("対象者", blank=True)
    pays_for = models.TextField("用途・対象になるもの", blank=True)
    excludes = models.TextField("対象にならないもの", blank=True, help_text="1行に1つ。")
    rate = models.CharField("支援の割合", max_length=60, blank=True, help_text="例：対象経費の2分の1以内")
    ceiling = models.CharField("上限と下限", max_length=200, blank=True)
    decided_by = models.CharField("決めるところ", max_length=200, blank=True)
    how_to_apply = models.TextField(
        "利用・申請方法",
        blank=True,
        help_text="1行に1つの手順を、順に。2行以上あれば、公開ページでは番号を付けて示します。",
    )
    apply_url = models.URLField(
        "電子申請URL",
        max_length=500,
        blank=True,
        validators=[https_only],
        help_text="https:// で始まる、申込みの画面のアドレス。入れると、受付中は「電子申請へ」のボタンになります。",
    )
    legal_basis = models.CharField("根拠", max_length=500, blank=True)
    source = models.TextField("出どころ", blank=True, help_text="資料の名前、年度、見た月。1行に1つ。")
    source_note = models.TextField("出どころについての注記", blank=True)
    is_carried_over = models.BooleanField(
        "前年度のまま・未確認", default=False, help_text="前年度から写したままの版です。内容を確かめたら外します。"
    )
    ended_fields = FieldNamesField(
        "今年度はなくなった項目",
        offered=LASTING,
        help_text="前の年度にあって、この年度になくなったものに印を付けます。空欄のままで印がなければ、前の年度の内容を年度を添えて示します。",
    )
    same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="同じ内容の年度版",
        related_name="same_later",
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="同じと確認した人",
        related_name="+",
    )
    confirmed_at = models.DateTimeField("同じと確認した日時", null=True, blank=True, editable=False)
    is_sample = SampleField()
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    address_fields = ("program_id", "fiscal_year")
    objects = ProgramEditionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = verbose_name_plural = "制度の年度版"
        ordering = ["program", "-fiscal_year"]
        indexes = [models.Index(fields=["program"], condition=Q(is_sample=False), name="real_editions_of_a_program")]
        constraints = [
            *Publishable.Meta.constraints,
            years_are("edition_year_has_a_name"),
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
            models.CheckConstraint(
                condition=Q(apply_url="") | Q(apply_url__startswith="https://"),
                name="edition_apply_url_is_https",
                violation_error_message="電子申請URLは https:// で始めてください。",
            ),
            models.CheckConstraint(
                condition=Q(same_as=None) | Q(confirmed_at__isnull=False),
                name="same_editions_say_when",
                violation_error_message="前の年度と同じ版には、確認した日時がいります。",
            ),
        ]

    def __str__(self):
        return f"{self.program} {self.get_fiscal_year_display()}"

    @property
    def readings(self):
        return self.program.readings

    def get_absolute_url(self):
        return reverse("program_year", args=[self.program.slug, self.fiscal_year])

    def clean(self):
        super().clean()
        filled = [name for name in self.ended_fields or () if name in LASTING and getattr(self, name).strip()]
        if filled:
            labels = "、".join(f"「{self._meta.get_field(name).verbose_name}」" for name in filled)
            message = f"{labels}には文が入っています。なくなったのなら文を消し、まだあるのなら印を外してください。"
            raise ValidationError({"ended_fields": message})

    def changed_since(self, other):
        """The names of what this edition says differently from `other`, rules and official pages included."""
        changed = [name for name in COPIED if getattr(self, name).strip() != getattr(other, name).strip()]
        rules = [{(r.fact_id, r.operator, r.value) for r in edition.rules.all()} for edition in (self, other)]
        links = [[(link.title, link.url) for link in edition.links.all()] for edition in (self, other)]
        differ = {"rules": rules[0] != rules[1], "links": links[0] != links[1]}
        return [*changed, *(name for name, is_other in differ.items() if is_other)]

    @property
    def is_known_the_same(self):
        """Did somebody say that nothing changed since `same_as`, and does it still say what they saw?"""
        return self.same_as is not None and not self.changed_since(self.same_as)

    def verdict(self, facts):
        """使える・条件次第・対象外 and why, for a town of which `facts` are known (see `eligibility_facts`)."""
        return eligibility.judge([rule.as_rule() for rule in self.rules.all()], facts)

    def windows_for(self, subprefecture):
        """The windows that hold in `subprefecture`: for each kind of applicant the office's own, else headquarters'."""
        windows = self.speaking_windows()
        own = [window for window in windows if subprefecture and window.subprefecture_id == subprefecture.pk]
        kinds = {window.applicant for window in own}
        return own + [window for window in windows if window.subprefecture_id is None and window.applicant not in kinds]

    def speaking_windows(self):
        """All windows, but samples only where no real one is registered."""
        windows = list(self.windows.all())
        return [window for window in windows if not window.is_sample] or windows
