"""What the public was last told of each row, what changed, and what is still to be looked at."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property

from sumairu.descriptions import described


class What(models.TextChoices):
    """What became of a row."""

    NEW = "new", "公開"
    CHANGED = "changed", "変更"
    ENDED = "ended", "公開終了"


class UpdateQuerySet(models.QuerySet):
    def visible(self):
        """Those that headquarters has not taken out of sight."""
        return self.filter(is_hidden=False)

    def about(self, **facets):
        """Of rows that have all these values: `about(office="kushiro")`."""
        for name, value in facets.items():
            facet = UpdateFacet.objects.filter(update=OuterRef("pk"), facet=facet_of(name, value))
            self = self.filter(Exists(facet))
        return self

    def newest_of(self, row):
        """The newest of a row of a described kind; None where there is none, or where it is hidden."""
        kind = next((kind for kind in described() if kind.model is type(row)), None)
        newest = kind and self.filter(kind=kind.slug, row=row.pk).first()
        return newest if newest and not newest.is_hidden else None


class Update(models.Model):
    """What became of a public row, once. Its texts are those of that day: later changes and other rows do not touch them.

    `lines` are of each part that changed its label and the pieces of its texts, `["same" | "gone" | "new", text]`, long
    passages that stayed cut short.
    """

    What = What

    kind = models.CharField("種類", max_length=20)  # the slug of a described kind
    row = models.PositiveBigIntegerField("行の番号")
    what = models.CharField("何があったか", max_length=10, choices=What)
    title = models.CharField("題名", max_length=200)
    note = models.CharField("補足", max_length=200, blank=True)
    path = models.CharField("ページ", max_length=300)
    lines = models.JSONField("変わったところ", default=list, blank=True)
    is_sample = models.BooleanField("見本", default=False)
    is_hidden = models.BooleanField(
        "見せない",
        default=False,
        help_text="前の内容を残しておけないとき、更新の一覧とフィードから外します。変わったところの言葉は消え、元に戻せません。",
    )
    happened_at = models.DateTimeField("日時")

    objects = UpdateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公開内容の更新"
        ordering = ["-happened_at", "-pk"]
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="updates_by_time"),
            models.Index(fields=["kind", "row", "-happened_at"], name="updates_of_a_row"),
        ]

    def __str__(self):
        return f"{self.title}（{self.get_what_display()}）"

    def save(self, **kwargs):
        if self.is_hidden:
            self.lines = []
        super().save(**kwargs)

    @property
    def kind_label(self):
        return next((kind.label for kind in described() if kind.slug == self.kind), "")

    @property
    def headline(self):
        """「変更：地域づくり総合交付金（令和8年度（2026））」; what a list of news says of it in a line."""
        mark = "【見本】" if self.is_sample and "見本" not in self.title else ""
        return f"{mark}{self.get_what_display()}：{self.title}{f'（{self.note}）' if self.note else ''}"

    @property
    def changes(self):
        """Of each part that changed its label, what it said before and what it says now."""
        for label, pieces in self.drawn:
            before, after = ("".join(text for kind, text in pieces if kind in ("same", of)) for of in ("gone", "new"))
            yield label, before, after

    @cached_property
    def drawn(self):
        """The lines as templates show them: a label and pieces."""
        return [(label, [tuple(piece) for piece in pieces]) for label, pieces in self.lines]


class UpdateFacet(models.Model):
    """A value by which updates are narrowed: 「office=kushiro」."""

    update = models.ForeignKey(Update, models.CASCADE, verbose_name="更新", related_name="facets", db_index=False)
    facet = models.CharField("絞り込みの値", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "更新の絞り込みの値"
        constraints = [
            models.UniqueConstraint(
                fields=["update", "facet"], name="a_facet_once", violation_error_message="この値はすでにあります。"
            )
        ]
        indexes = [models.Index(fields=["facet", "-update"], name="updates_by_facet")]

    def __str__(self):
        return self.facet


class LastPublic(models.Model):
    """What a public row says, as the public was last told: `{name of the part: text}`."""

    kind = models.CharField("種類", max_length=20)
    row = models.PositiveBigIntegerField("行の番号")
    title = models.CharField("題名", max_length=200)
    note = models.CharField("補足", max_length=200, blank=True)
    path = models.CharField("ページ", max_length=300)
    facets = models.JSONField("絞り込みの値", default=list, blank=True)
    is_sample = models.BooleanField("見本", default=False)
    content = models.JSONField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "公開している内容"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "row"], name="last_public_once", violation_error_message="この行はすでにあります。"
            )
        ]

    def __str__(self):
        return self.title


class Touched(models.Model):
    """Rows of a kind that may say something else now; None where any row of it may."""

    kind = models.CharField("種類", max_length=20)
    rows = models.JSONField("行の番号", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "見直しを待つ行"
        ordering = ["id"]

    def __str__(self):
        return f"{self.kind}：{'すべて' if self.rows is None else f'{len(self.rows)}件'}"


def facet_of(name, value):
    return f"{name}={value}"
