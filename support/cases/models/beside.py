"""What stands beside a case: figures of its result, links, files and pictures, public when the case is."""

from django.db import models

from sumairu.attachments import Attachment, attached_once
from sumairu.fields import FiscalYearField, https_only, years_are
from sumairu.lib.amounts import grouped
from sumairu.lib.wareki import era_name
from sumairu.pictures import Picture, one_of_a_file, told_and_credited
from support.cases.models.cases import Case


class CaseFigure(models.Model):
    """Something that was counted, and where that is written: a result without its source is none."""

    case = models.ForeignKey(Case, models.CASCADE, verbose_name="先行事例", related_name="figures")
    what = models.CharField("何の数か", max_length=80, help_text="例：移住した人。")
    number = models.DecimalField("値", max_digits=18, decimal_places=2)
    unit = models.CharField("単位", max_length=20, help_text="例：人、件、％、円。")
    fiscal_year = FiscalYearField("年度", help_text="いつの年度の値か。")
    when = models.CharField("時点", max_length=40, blank=True, help_text="年度のうちのいつか。例：3月末、1年分。")
    source = models.CharField("出どころ", max_length=200, help_text="資料の名前と年、または数えた人・組織。")
    order = models.PositiveSmallIntegerField("順序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "成果の数値"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "what", "fiscal_year", "when"],
                name="one_case_figure",
                violation_error_message="同じもの、同じ年度と時点の値がすでにあります。",
            ),
            years_are("case_figure_year_has_a_name"),
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="case_figure_has_a_source",
                violation_error_message="数値には出どころが要ります。",
            ),
        ]

    def __str__(self):
        return f"{self.what} {self.in_words}（{self.when_in_words}）"

    @property
    def when_in_words(self):
        """「令和5年度3月末」."""
        return f"{era_name(self.fiscal_year)}{self.when}"

    @property
    def in_words(self):
        return f"{grouped(self.number.normalize())}{self.unit}"


class CaseLink(models.Model):
    case = models.ForeignKey(Case, models.CASCADE, verbose_name="先行事例", related_name="links")
    label = models.CharField("見出し", max_length=80)
    url = models.URLField("URL", validators=[https_only], help_text="https:// で始まるアドレス。")

    class Meta:
        verbose_name = verbose_name_plural = "関連リンク"

    def __str__(self):
        return self.label


class CaseAttachment(Attachment):
    case = models.ForeignKey(Case, models.CASCADE, verbose_name="先行事例", related_name="attachments")

    owner_field, address_name = "case", "case_file"

    class Meta(Attachment.Meta):
        constraints = [attached_once("case", "one_case_attachment_of_a_file")]


class CasePicture(Picture):
    case = models.ForeignKey(Case, models.CASCADE, verbose_name="先行事例", related_name="pictures")

    owner_field, address_name = "case", "case_picture"

    class Meta(Picture.Meta):
        constraints = [
            one_of_a_file("case", "one_case_picture_of_a_file"),
            told_and_credited("case_picture_is_told_and_credited"),
        ]
