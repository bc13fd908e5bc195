"""What stands beside an edition, so that one can act: forms and guides to keep, and official pages to read."""

from django.db import models
from django.db.models import Q

from sumairu.attachments import Attachment, attached_once
from sumairu.fields import https_only
from support.models.programs import ProgramEdition


class EditionAttachment(Attachment):
    """A form or guide beside an edition, public when the edition is."""

    class Purpose(models.TextChoices):
        FORM = "form", "様式"
        OUTLINE = "outline", "要綱"
        GUIDE = "guide", "手引き"
        OTHER = "other", "その他"

    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="attachments")
    purpose = models.CharField(
        "何のための資料か",
        max_length=10,
        choices=Purpose,
        default=Purpose.OTHER,
        help_text="「様式」があれば、受付中は「様式をもらう」のボタンになります。",
    )

    owner_field, address_name = "edition", "program_file"

    class Meta(Attachment.Meta):
        constraints = [attached_once("edition", "one_edition_attachment_of_a_file")]

    @property
    def owner_keys(self):
        return [self.edition.program.slug, self.edition.fiscal_year]


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
