"""What was tried somewhere, as others can learn from it: why, how, with what, and what did not go well.

A case has the items of 事例 in 政府相互運用性フレームワーク (GIF 451-3), so that it goes where other systems read such cases
(`support.cases.standard`). What nobody knows stays empty.
"""

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from regions.models import Desk, Initiative, Municipality, Subprefecture, Theme
from sumairu.fields import (
    EasySummaryField,
    FiscalYearField,
    KeyField,
    ReadingsField,
    SampleField,
    YearlyQuerySet,
    keys_are,
    years_are,
)
from sumairu.models import CodeCounter, UsedCode
from sumairu.publishing.models import Publishable, PublishableQuerySet
from sumairu.texts import HELP, MarkdownField, RenderedField
from support.models import Program

# Classes of population of 国勢調査: their name in addresses, what they are called, from how many and below how many people.
SIZES = {
    "under-3000": ("3千人未満", 0, 3_000),
    "3000": ("3千人以上5千人未満", 3_000, 5_000),
    "5000": ("5千人以上1万人未満", 5_000, 10_000),
    "10000": ("1万人以上3万人未満", 10_000, 30_000),
    "30000": ("3万人以上10万人未満", 30_000, 100_000),
    "100000": ("10万人以上", 100_000, None),
}
STEM = "jirei-"  # of keys that nobody chose
# What is told of a case in words of its own, one after another.
TEXTS = (
    "reason",
    "aim",
    "challenge",
    "constraints",
    "ingenuity",
    "evaluation",
    "lessons",
    "sustaining",
    "spread",
)


class CaseQuerySet(YearlyQuerySet, PublishableQuerySet):
    def for_region(self, subprefecture):
        """Those that an office keeps, and those of any of its municipalities."""
        return self.filter(Q(subprefecture=subprefecture) | Exists(_places(municipality__subprefecture=subprefecture)))

    def of_town(self, municipality):
        return self.filter(Exists(_places(municipality=municipality)))

    def of_size(self, size):
        """Those of a municipality in a class of population (a key of `SIZES`)."""
        _, least, below = SIZES[size]
        people = Q(municipality__population__gte=least)
        if below:
            people &= Q(municipality__population__lt=below)
        return self.filter(Exists(_places(people)))

    def about(self, theme):
        return self.filter(Exists(Case.themes.through.objects.filter(case=OuterRef("pk"), theme=theme)))

    def with_program(self, program):
        return self.filter(Exists(Case.programs.through.objects.filter(case=OuterRef("pk"), program=program)))


def _places(*conditions, **fields):
    return Case.municipalities.through.objects.filter(*conditions, case=OuterRef("pk"), **fields)


def _text(verbose_name, help_text):
    return models.TextField(verbose_name, blank=True, help_text=help_text)


class Case(Publishable):
    class Organisation(models.TextChoices):
        """対象組織: what kind of body did it."""

        MUNICIPALITY = "municipality", "市町村"
        UNION = "union", "一部事務組合・広域連合"
        COUNCIL = "council", "協議会・実行委員会"
        GROUP = "group", "NPO・地域の団体"
        COMPANY = "company", "企業・組合"
        SCHOOL = "school", "学校・大学"
        PREFECTURE = "prefecture", "道・振興局"
        OTHER = "other", "その他"

    key = KeyField(
        "URL名",
        max_length=60,
        unique=True,
        blank=True,
        help_text="公開ページのアドレスになります。例：machinaka-cafe。空欄なら「jirei-番号」が付きます。公開後は変えません。",
        error_messages={"unique": "このURL名はすでに使われています。"},
    )
    title = models.CharField("タイトル", max_length=100)
    subtitle = models.CharField("サブタイトル", max_length=100, blank=True)
    summary = models.TextField("概要", help_text="一覧と検索に出ます。2文まで。")
    easy_summary = EasySummaryField()
    readings = ReadingsField(of="タイトル、概要、やさしい日本語")

    fiscal_year = FiscalYearField("実施年度", help_text="始めた年度。")
    starts_on = models.DateField("始まり", null=True, blank=True)
    ends_on = models.DateField("終わり", null=True, blank=True, help_text="この日まで。続いていれば空欄。")
    subprefecture = models.ForeignKey(
        Subprefecture,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="振興局",
        related_name="cases",
        help_text="まちを受け持つ振興局。いくつもの振興局にまたがるもの、全道のものは空欄にし、本庁が扱います。",
    )
    municipalities = models.ManyToManyField(
        Municipality, blank=True, verbose_name="市町村", related_name="cases", help_text="事例の場所。"
    )
    organisation = models.CharField("取り組んだ組織", max_length=12, choices=Organisation, blank=True)
    organisation_name = models.CharField("組織の名称", max_length=100, blank=True)
    service = models.CharField(
        "行政サービス分類", max_length=60, blank=True, help_text="例：移住・定住、子育て、交通。空欄でもかまいません。"
    )
    themes = models.ManyToManyField(Theme, blank=True, verbose_name="分野", related_name="cases")
    keywords = models.TextField("キーワード", blank=True, help_text="1行に1つ。")

    reason = _text("取り組んだ理由", "何に困っていたか、なぜ始めたか。")
    aim = _text("目的", "何を目指したか。")
    body = MarkdownField("取り組んだこと", blank=True, help_text=f"{HELP}だれが、何を、どの順にしたか。")
    body_html = RenderedField("body")
    challenge = _text("挑戦したこと", "それまでにない、思い切ってしたこと。")
    constraints = _text("難しかったこと・制約", "人手、時間、お金、きまりなど。")
    ingenuity = _text("工夫したこと", "導入のときに工夫したこと。")
    result = MarkdownField("成果", blank=True, help_text=f"{HELP}数で言えることは、下の「成果の数値」に入れます。")
    result_html = RenderedField("result")
    evaluation = _text("評価の方法", "成果を、何で、どう確かめたか。")
    lessons = _text("うまくいかなかったこと、学んだこと", "次に取り組むまちが、いちばん知りたいことです。")
    sustaining = _text("続ける仕組み", "人・お金・役割を、どう持続させているか。")
    spread = _text("ほかへの広がり", "ほかの地域や分野へ広がったこと。")

    programs = models.ManyToManyField(
        Program,
        blank=True,
        verbose_name="利用した支援制度",
        related_name="cases",
        help_text="この制度のページにも出ます。",
    )
    cost_yen = models.PositiveBigIntegerField(
        "かかった費用（円）", null=True, blank=True, help_text="円の単位で入れます。分からなければ空欄にします。"
    )
    cost_note = models.CharField("費用についての注記", max_length=200, blank=True, help_text="何を含むか、いつの額か。")
    funds = models.TextField(
        "使ったお金", blank=True, help_text="交付金、寄付、自主財源など。1行に1つ、額が分かれば額も。"
    )
    partners = models.TextField("協力した人・団体", blank=True, help_text="1行に1つ。")

    related = models.ManyToManyField(
        "self", blank=True, symmetrical=False, verbose_name="関連する事例", related_name="related_from"
    )
    made_from = models.ForeignKey(
        Initiative, models.PROTECT, null=True, blank=True, verbose_name="もとの取組", related_name="cases"
    )
    desk = models.ForeignKey(
        Desk, models.PROTECT, null=True, blank=True, verbose_name="連絡先の窓口", related_name="cases"
    )
    source = models.CharField("出どころ", max_length=200, blank=True)
    source_note = models.TextField("出どころについての注記", blank=True, help_text="資料から分からないことなど。")
    is_sample = SampleField()
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    address_fields = ("key",)
    objects = CaseQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = verbose_name_plural = "先行事例"
        ordering = ["-fiscal_year", "key"]
        constraints = [
            *Publishable.Meta.constraints,
            years_are("case_year_has_a_name"),
            keys_are("key", "case_key_is_a_key"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="case_days_in_order",
                violation_error_message="終わりが、始まりより前です。",
            ),
        ]
        # In the order of lists, with what says whether a row is public.
        indexes = [
            models.Index(fields=["-fiscal_year", "key", "status", "publish_on", "unpublish_on"], name="cases_in_order")
        ]

    def __str__(self):
        return f"{self.title}（{self.get_fiscal_year_display()}）"

    def save(self, **kwargs):
        with transaction.atomic():
            CodeCounter.give(self, "key", STEM)
            super().save(**kwargs)
            UsedCode.keep(self, "key")

    def clean(self):
        super().clean()
        if not self.key:
            CodeCounter.promise(self, "key", STEM)
        UsedCode.refuse_taken(self, "key")

    @staticmethod
    def why_not_in(office, towns):
        """Why an office does not keep a case of `towns`, those of several offices being headquarters'; empty where it does."""
        others = [str(town) for town in towns if office and town.subprefecture_id != office.pk]
        if not others:
            return ""
        return (
            f"{'、'.join(others)}は{office}管内ではありません。"
            "いくつもの振興局にまたがる事例は、振興局を空欄にして本庁が扱います。"
        )

    def get_absolute_url(self):
        return reverse("case_detail", args=[self.key])

    @property
    def place(self):
        """「釧路市、厚岸町」; of no municipality its office's, or the whole prefecture."""
        towns = [town.name for town in self.municipalities.all()]
        if towns:
            return "、".join(towns)
        return f"{self.subprefecture}管内" if self.subprefecture else "全道"
