"""Pictures beside an initiative: what they show in words, whose they are, and what others may do with them."""

from django.db import models
from django.urls import reverse

from regions.models.initiatives import Initiative
from sumairu.models import StoredFile


class InitiativePicture(models.Model):
    """Public when the initiative is. `file` has been stripped of all that a camera writes beside the picture."""

    class Licence(models.TextChoices):
        CC_BY = "cc-by-4.0", "CC BY 4.0"
        CC0 = "cc0-1.0", "CC0 1.0"
        PERMITTED = "permitted", "許諾を得て掲載（転載できません）"

    initiative = models.ForeignKey(Initiative, models.CASCADE, verbose_name="取組", related_name="pictures")
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="ファイル", related_name="+")
    width = models.PositiveIntegerField("幅（ドット）", editable=False)
    height = models.PositiveIntegerField("高さ（ドット）", editable=False)
    alt = models.CharField(
        "代わりの文",
        max_length=200,
        help_text="写真が見えない人に、何が写っているかを伝える文。例：畑のそばで苗を手に話す人たち。",
    )
    caption = models.CharField("説明", max_length=120, blank=True, help_text="写真の下に出ます。")
    credit = models.CharField(
        "撮影・提供", max_length=120, help_text="だれの写真か。写っている人と写した人の許しを確かめます。"
    )
    licence = models.CharField("利用の条件", max_length=10, choices=Licence, default=Licence.PERMITTED)
    order = models.PositiveSmallIntegerField("順序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "写真"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "file"],
                name="one_picture_of_a_file",
                violation_error_message="同じ写真がすでにあります。",
            ),
            models.CheckConstraint(
                condition=~models.Q(alt="") & ~models.Q(credit=""),
                name="picture_is_told_and_credited",
                violation_error_message="代わりの文と、撮影・提供を入れてください。",
            ),
        ]

    def __str__(self):
        return self.alt

    def get_absolute_url(self):
        return reverse("initiative_picture", args=[self.initiative.code, self.file.sha256[:12], self.file.name])
