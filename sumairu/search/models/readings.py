"""How the words of the public pages are read."""

from django.db import models

from sumairu.lib.readings import LONGEST


class Reading(models.Model):
    """A word that a public page has, or had, and one of its readings in katakana."""

    kana = models.CharField("よみ", max_length=LONGEST)
    word = models.CharField("言葉", max_length=4 * LONGEST)

    class Meta:
        verbose_name = verbose_name_plural = "言葉のよみ"
        ordering = ["kana", "word"]
        constraints = [models.UniqueConstraint(fields=["kana", "word"], name="one_reading_of_a_word")]
        indexes = [
            models.Index(fields=["word"], name="readings_of_a_word"),
            # PostgreSQL looks for beginnings in no other.
            models.Index(fields=["kana"], name="readings_from_their_start", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self):
        return f"{self.word}（{self.kana}）"
