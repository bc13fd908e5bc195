"""What stands beside an edition, so that one can act: forms and guides to keep, and official pages to read."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from sumairu.fields import https_only
from sumairu.models import StoredFile
from support.models.programs import ProgramEdition


class EditionAttachment(models.Model):
    """A form or guide beside an edition, public when the edition is."""

    class Purpose(models.TextChoices):
        FORM = "form", "様式"
        OUTLINE = "outline", "要綱"
        GUIDE = "guide", "手引き"
        OTHER = "other", "その他"

    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="attachments")
    title = models.CharField("見出し", max_length=80)
    purpose = models.CharField(
        "何のための資料か",
        max_length=10,
        choices=Purpose,
        default=Purpose.OTHER,
        help_text="「様式」があれば、受付中は「様式をもらう」のボタンになります。",
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="ファイル", related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "添付ファイル"
        ordering = ["pk"]
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


class EditionLink(models.Model):
    """An official page that says more: of the office that runs the programme, of the state."""

    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="links")
    title = models.CharField("見出し", max_length=80)
    url = models.URLField("URL", max_length=500, validators=[https_only], help_text="https:// で始まるアドレス。")
    order = models.PositiveSmallIntegerField("順序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "公式ページ"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__startswith="https://"),
                name="edition_link_is_https",
                violation_error_message="公式ページのURLは https:// で始めてください。",
            )
        ]

    def __str__(self):
        return self.title
