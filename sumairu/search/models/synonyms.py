"""Words that mean the same to whoever searches."""

from django.core.exceptions import ValidationError
from django.db import models

from sumairu.lib.folding import fold

LONGEST = 40 * 18  # what folding can make of 40 characters: one (ﷺ) becomes eighteen


class Synonym(models.Model):
    """A word, and the group of those that mean the same: 鹿, シカ and エゾシカ. A word is in one group."""

    word = models.CharField("言葉", max_length=40)
    group = models.CharField(
        "まとまり",
        max_length=40,
        help_text="同じ意味の言葉すべてに、同じ名前を入れます。例：「鹿」「シカ」「エゾシカ」の3つに「鹿」。",
    )
    note = models.CharField("注記", max_length=200, blank=True, help_text="なぜ同じとみるか。公開しません。")
    folded = models.CharField(max_length=LONGEST, editable=False)
    folded_group = models.CharField(max_length=LONGEST, editable=False, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "検索の言いかえ"
        ordering = ["folded_group", "word"]
        constraints = [
            models.UniqueConstraint(
                fields=["folded"],
                name="one_group_of_a_word",
                violation_error_message="この言葉は、すでにどれかのまとまりにあります。",
            )
        ]

    def __str__(self):
        return self.word

    def save(self, **kwargs):
        self._fold()
        super().save(**kwargs)

    def clean(self):
        self._fold()
        for name, folded in (("word", self.folded), ("group", self.folded_group)):
            if not folded:
                raise ValidationError({name: "文字を入れてください。"})
        twin = Synonym.objects.filter(folded=self.folded).exclude(pk=self.pk).first()
        if twin:
            raise ValidationError({"word": f"この言葉は、すでにまとまり「{twin.group}」に「{twin}」としてあります。"})

    def _fold(self):
        self.folded, self.folded_group = fold(self.word), fold(self.group)
