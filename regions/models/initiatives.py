"""What each subprefecture does in a fiscal year: its direction, and the initiatives under it."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import RowNumber
from django.urls import reverse

from regions.models.places import Municipality, Subprefecture
from sumairu.attachments import Attachment, attached_once
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
from sumairu.lib.keys import INITIATIVE_CODE
from sumairu.models import CodeCounter, UsedCode
from sumairu.publishing.models import Publishable, PublishableQuerySet
from sumairu.texts import HELP, MarkdownField, RenderedField


class ThemeQuerySet(models.QuerySet):
    def of_some(self, initiatives):
        """Those that one of `initiatives` has: the first that is found will do, where EXISTS may join all of them."""
        first = initiatives.filter(themes=models.OuterRef("pk")).order_by().values("pk")[:1]
        return self.annotate(first=models.Subquery(first)).filter(first__isnull=False)


class Theme(models.Model):
    slug = KeyField("URL名", unique=True)
    name = models.CharField("名称", max_length=30, unique=True)
    order = models.PositiveSmallIntegerField("順序", default=0)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "分野"
        ordering = ["order", "name"]
        constraints = [keys_are("slug", "theme_slug_is_a_key")]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        with transaction.atomic():
            super().save(**kwargs)
            UsedCode.keep(self, "slug")

    def clean(self):
        UsedCode.refuse_taken(self, "slug")

    def why_it_stays(self):
        """Why the row cannot be deleted, and what to do instead; empty where it can be."""
        found = (model.objects.ever_public().filter(**{name: self}).first() for model, name in themed())
        shown = next(filter(None, found), None)
        if shown is None:
            return ""
        return f"分野「{self}」は、公開したことのある{shown._meta.verbose_name}「{shown}」などに付いているため、削除できません。"


def themed():
    """What has themes, here and in the apps above: pairs of a model and the name of its field."""
    return [(relation.related_model, relation.field.name) for relation in Theme._meta.related_objects]


class RegionalQuerySet(YearlyQuerySet, PublishableQuerySet):
    def for_region(self, subprefecture):
        return self.filter(subprefecture=subprefecture)

    def newest_year(self):
        """None where there is nothing."""
        return self.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()


class RegionalPolicy(Publishable):
    subprefecture = models.ForeignKey(Subprefecture, models.PROTECT, verbose_name="振興局", related_name="policies")
    fiscal_year = FiscalYearField()
    text = MarkdownField("本文", blank=True, help_text=f"{HELP}資料に本文がなければ空欄にします。")
    text_html = RenderedField("text")
    source = models.CharField("出どころ", max_length=200, blank=True)
    is_sample = SampleField()

    address_fields = ("subprefecture_id", "fiscal_year")
    objects = RegionalQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = verbose_name_plural = "推進方向"
        ordering = ["-fiscal_year", "subprefecture__order"]
        constraints = [
            *Publishable.Meta.constraints,
            years_are("policy_year_has_a_name"),
            models.UniqueConstraint(
                fields=["subprefecture", "fiscal_year"],
                name="one_policy_a_year",
                violation_error_message="この振興局のこの年度の推進方向は、すでにあります。",
            ),
        ]

    def __str__(self):
        return f"{self.subprefecture.short_name} {self.get_fiscal_year_display()}の推進方向"

    def get_absolute_url(self):
        return reverse("subprefecture_year", args=[self.subprefecture.slug, self.fiscal_year])


class InitiativeQuerySet(RegionalQuerySet):
    def concerning(self, municipality):
        """Those that name `municipality`, and those of its subprefecture that name none."""
        named, of_all = self._named_and_of_all(municipality)
        ordered = (rows.order_by().values("pk") for rows in (named, of_all))
        return self.filter(pk__in=next(ordered).union(*ordered, all=True))

    def newest_year_concerning(self, municipality):
        """None where nothing does. Asked of both kinds apart, since each has an index to find its newest by."""
        years = (rows.newest_year() for rows in self._named_and_of_all(municipality))
        return max(filter(None, years), default=None)

    def _named_and_of_all(self, municipality):
        naming = Initiative.municipalities.through.objects.filter(initiative=models.OuterRef("pk"))
        of_office = self.for_region(municipality.subprefecture_id)
        return self.filter(municipalities=municipality), of_office.filter(~models.Exists(naming))

    def about(self, theme):
        """Those with a theme. Asked of each row in the order of a list, of which a page is soon full: joined, all are read."""
        themed = Initiative.themes.through.objects.filter(initiative=models.OuterRef("pk"), theme=theme)
        return self.filter(pk=models.Subquery(themed.values("initiative")[:1]))

    def first_of_each_office(self, count):
        """The first `count` of every office, in official order."""
        place = models.Window(RowNumber(), partition_by="subprefecture", order_by=["order", "code"])
        return self.filter(pk__in=self.annotate(place=place).filter(place__lte=count).order_by().values("pk"))

    def first_of_each_theme(self, themes, count):
        """The first `count` of each of `themes`, the newest year first: no theme with many crowds another out."""
        of_themes = Initiative.themes.through.objects.filter(
            theme__in=themes, initiative__in=self.order_by().values("pk")
        )
        order = [
            "-initiative__fiscal_year",
            "initiative__subprefecture__order",
            "initiative__order",
            "initiative__code",
        ]
        place = models.Window(RowNumber(), partition_by="theme", order_by=order)
        first = of_themes.annotate(place=place).filter(place__lte=count)
        return Initiative.objects.filter(pk__in=first.order_by().values("initiative"))


class Initiative(Publishable):
    code = KeyField(
        "取組コード",
        max_length=40,
        unique=True,
        blank=True,
        validators=[RegexValidator(INITIATIVE_CODE, "「kushiro-2021-1」の形で入れてください。")],
        help_text="URLと取込に使います。空欄なら「振興局-年度-番号」が付きます。公開後は変えません。",
        error_messages={"unique": "この取組コードはすでに使われています。"},
    )
    subprefecture = models.ForeignKey(Subprefecture, models.PROTECT, verbose_name="振興局", related_name="initiatives")
    fiscal_year = FiscalYearField()
    title = models.CharField("取組名", max_length=100)
    summary = models.TextField("要約", help_text="一覧と検索に出ます。2文まで。")
    easy_summary = EasySummaryField()
    readings = ReadingsField(of="取組名、要約、やさしい日本語")
    body = MarkdownField("本文", blank=True)
    body_html = RenderedField("body")
    themes = models.ManyToManyField(Theme, blank=True, verbose_name="分野", related_name="initiatives")
    municipalities = models.ManyToManyField(
        Municipality,
        blank=True,
        verbose_name="関係する市町村",
        related_name="initiatives",
        help_text="選ばなければ、管内のすべての市町村のページに出ます。",
    )
    partners = models.TextField("連携する人・団体", blank=True, help_text="1行に1つ。")
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="前年度の取組", related_name="successors"
    )
    starts_on = models.DateField("始まり", null=True, blank=True)
    ends_on = models.DateField("終わり", null=True, blank=True, help_text="この日まで。")
    result = MarkdownField(
        "成果", blank=True, help_text=f"{HELP}取組から何が生まれたか。分かったところまでを書きます。"
    )
    result_html = RenderedField("result")
    cost_yen = models.PositiveBigIntegerField(
        "かかった費用（円）", null=True, blank=True, help_text="円の単位で入れます。分からなければ空欄にします。"
    )
    cost_note = models.CharField(
        "費用についての注記", max_length=200, blank=True, help_text="何を含むか、だれが出したか、いつの額か。"
    )
    source = models.CharField("出どころ", max_length=200, blank=True)
    source_note = models.TextField("出どころについての注記", blank=True, help_text="資料から分からないことなど。")
    order = models.PositiveSmallIntegerField("順序", default=0)
    is_sample = SampleField()
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    address_fields = ("subprefecture_id", "fiscal_year", "code")
    objects = InitiativeQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = verbose_name_plural = "取組"
        ordering = ["-fiscal_year", "subprefecture__order", "order", "code"]
        constraints = [
            *Publishable.Meta.constraints,
            years_are("initiative_year_has_a_name"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="initiative_days_in_order",
                violation_error_message="取組の終わりが、始まりより前です。",
            ),
            keys_are(
                "code",
                "initiative_code_is_a_code",
                INITIATIVE_CODE,
                "取組コードは「kushiro-2021-1」の形で入れてください。",
            ),
        ]
        # In the order of lists, with what says whether a row is public, and its key: counting and finding a page read no row.
        indexes = [
            models.Index(
                fields=["-fiscal_year", "subprefecture", "order", "code", "status", "publish_on", "unpublish_on", "id"],
                name="initiatives_in_order",
            ),
            models.Index(
                fields=["subprefecture", "-fiscal_year", "order", "code", "status", "publish_on", "unpublish_on", "id"],
                name="initiatives_of_an_office",
            ),
        ]

    def __str__(self):
        return f"{self.title}（{self.subprefecture.short_name} {self.get_fiscal_year_display()}）"

    def save(self, **kwargs):
        with transaction.atomic():
            CodeCounter.give(self, "code", self.code_stem)
            super().save(**kwargs)
            UsedCode.keep(self, "code")

    def clean(self):
        """The code says the office and the year. Until it is public it follows them; after that all three stay."""
        super().clean()
        if not (self.subprefecture_id and self.fiscal_year):
            return
        if not self.code or self._has_moved():
            CodeCounter.promise(self, "code", self.code_stem)
        elif not self.code.startswith(self.code_stem):
            message = f"この取組のコードは「{self.code_stem}」に番号を続けます。空欄にすると、次の番号が付きます。"
            raise ValidationError({"code": message})
        UsedCode.refuse_taken(self, "code")

    @property
    def code_stem(self):
        return f"{self.subprefecture.slug}-{self.fiscal_year}-"

    def _has_moved(self):
        """Is the code still that of the office and year that the initiative had before?"""
        stored = self.stored()
        before = stored and (stored.subprefecture_id, stored.fiscal_year, stored.code)
        return bool(before) and before[2] == self.code and before[:2] != (self.subprefecture_id, self.fiscal_year)

    def get_absolute_url(self):
        return reverse("initiative_detail", args=[self.code])

    def public_successors(self):
        """The public initiatives that go on with this one: those that follow it, else those that follow these, and so on."""
        reached, last = {self.pk}, [self.pk]
        while last:
            following = Initiative.objects.filter(predecessor__in=last).exclude(pk__in=reached)
            if public := list(following.published().select_related("subprefecture")):
                return public
            last = list(following.values_list("pk", flat=True))
            reached.update(last)
        return []

    @property
    def has_result(self):
        return bool(self.result or self.starts_on or self.ends_on or self.cost_yen is not None or self.cost_note)


def public_years(office):
    """The fiscal years in which an office has something public."""
    rows = (model.objects.published().for_region(office) for model in (RegionalPolicy, Initiative))
    return {year for public in rows for year in public.fiscal_years()}


class InitiativeLink(models.Model):
    initiative = models.ForeignKey(Initiative, models.CASCADE, verbose_name="取組", related_name="links")
    label = models.CharField("見出し", max_length=80)
    url = models.URLField("URL")

    class Meta:
        verbose_name = verbose_name_plural = "関連リンク"

    def __str__(self):
        return self.label


class InitiativeAttachment(Attachment):
    """A file beside an initiative, public when the initiative is."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, verbose_name="取組", related_name="attachments")

    owner_field, address_name = "initiative", "initiative_file"

    class Meta(Attachment.Meta):
        constraints = [attached_once("initiative", "one_attachment_of_a_file")]
