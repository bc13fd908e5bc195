"""The stages of a year's amounts. They are kept under the very words that the reader of workbooks gives them."""

from django.db import models


class Stage(models.TextChoices):
    UNSTATED = "", "明示なし"
    INITIAL = "当初", "当初"
    REVISED = "補正後", "補正後"
    FINAL = "最終", "最終"
    SETTLED = "決算", "決算"

    @classmethod
    def in_order(cls, field="stage"):
        """To order by: as they follow each other in a year, the same on both databases."""
        return models.Case(*(models.When(**{field: stage}, then=place) for place, stage in enumerate(cls)))
