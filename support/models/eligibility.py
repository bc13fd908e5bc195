"""Who may use a programme: rules over what is known of a municipality."""

from django.core.exceptions import ValidationError
from django.db import models

from regions.models import Fact
from sumairu.lib import eligibility
from support.models.programs import ProgramEdition


def eligibility_facts(municipality, recorded=None):
    """What `EligibilityRule`s may ask of a town: its kind and office, and the newest of each fact recorded.

    `recorded` are those newest rows, where a caller has them for many towns at once.
    """
    if recorded is None:
        recorded = municipality.facts.newest().select_related("fact")
    return {
        "applicant": "市町村",
        "kind": municipality.kind,
        "subprefecture": municipality.subprefecture.name,
        **{row.fact.slug: row.known for row in recorded},
    }


class EligibilityRule(models.Model):
    """One thing that must hold of a town. All rules of an edition must; none at all means: not known."""

    class Operator(models.TextChoices):
        EQ = "eq", "である"
        NE = "ne", "ではない"
        LT = "lt", "未満"
        LTE = "lte", "以下"
        GT = "gt", "より大きい"
        GTE = "gte", "以上"
        IN = "in", "のどれか"
        JUDGED = "judged", "人が判断する"

    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="rules")
    fact = models.ForeignKey(Fact, models.PROTECT, verbose_name="何について", related_name="rules")
    operator = models.CharField("条件", max_length=10, choices=Operator, default=Operator.EQ)
    value = models.CharField(
        "値", max_length=200, help_text="「のどれか」は「;」で区切ります。「人が判断する」は、だれが何を見るか。"
    )
    wording = models.CharField("満たすときの言葉", max_length=100, blank=True, help_text="空欄なら自動で作ります。")
    wording_unmet = models.CharField("満たさないときの言葉", max_length=100, blank=True)
    order = models.PositiveSmallIntegerField("順序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "対象要件"
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.fact} {self.value} {self.get_operator_display()}"

    def as_rule(self):
        return eligibility.Rule(
            fact=self.fact.slug,
            label=self.fact.label,
            unit=self.fact.unit,
            operator=eligibility.Operator(self.operator),
            value=self.value,
            wording=self.wording,
            wording_unmet=self.wording_unmet,
        )

    def clean(self):
        try:
            if self.fact_id:
                eligibility.validate(self.as_rule())
        except ValueError as error:
            raise ValidationError({"value": str(error)}) from error
