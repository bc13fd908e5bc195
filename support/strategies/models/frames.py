"""北海道創生総合戦略: the prefecture's strategy, within which those of towns stand."""

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse

from sumairu.fields import FiscalYearField, KeyField, SampleField, https_only, keys_are, years_are
from sumairu.models import UsedCode
from sumairu.publishing.models import Publishable, PublishableQuerySet
from sumairu.texts import HELP, MarkdownField, RenderedField
from support.strategies.models.towns import period


class Frame(Publishable):
    """北海道創生総合戦略: the prefecture's strategy, within which towns' strategies and the portal's programmes stand.

    Years are empty where no document that was read states them.
    """

    slug = KeyField("URL名", unique=True)
    title = models.CharField("名称", max_length=120)
    first_year = FiscalYearField("最初の年度", null=True, blank=True)
    last_year = FiscalYearField("最後の年度", null=True, blank=True)
    summary = models.TextField("要約")
    body = MarkdownField("本文", blank=True, help_text=f"{HELP}資料から分かることだけを書きます。")
    body_html = RenderedField("body")
    has_support = models.BooleanField(
        "「市町村戦略支援」の章がある",
        default=False,
        help_text="資料で確かめたときだけ付けます。付けると、3つの支援の方向と、その制度・取組がページに並びます。",
    )
    page_url = models.URLField("公式ページ", max_length=500, blank=True, validators=[https_only])
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="前の戦略", related_name="successors"
    )
    source = models.TextField("出どころ", help_text="1行に1つ。どの資料のどこから分かるか。")
    source_note = models.TextField("出どころについての注記", blank=True, help_text="資料から分からないことなど。")
    order = models.PositiveSmallIntegerField("順序", default=0)
    is_sample = SampleField()
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    address_fields = ("slug",)
    objects = PublishableQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = verbose_name_plural = "北海道の総合戦略"
        ordering = ["order", "slug"]
        constraints = [
            *Publishable.Meta.constraints,
            keys_are("slug", "frame_slug_is_a_key"),
            models.CheckConstraint(
                condition=Q(first_year=None) | Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="frame_years_in_order",
                violation_error_message="最後の年度が、最初の年度より前です。",
            ),
            years_are("frame_first_year_has_a_name", "first_year"),
            years_are("frame_last_year_has_a_name", "last_year"),
        ]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        with transaction.atomic():
            super().save(**kwargs)
            UsedCode.keep(self, "slug")

    def clean(self):
        super().clean()
        UsedCode.refuse_taken(self, "slug")

    def get_absolute_url(self):
        return reverse("frame_detail", args=[self.slug])

    @property
    def period(self):
        return period(self.first_year, self.last_year)
