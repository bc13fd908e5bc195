"""Who may use a programme: rules over what is known of a municipality."""

from django.core.exceptions import ValidationError
from django.db import models

from regions.models import Fact, Municipality, Subprefecture
from sumairu.lib import eligibility
from sumairu.lib.rule_values import Known, understood
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


APPLICANTS = {"市町村": ["自治体"], "振興局": [], "団体": [], "企業": [], "個人": []}


def known_of(fact, offices=None):
    """What the value of a rule about `fact` can be. `offices`: all subprefectures, where a caller has them."""
    if fact.kind == Fact.Kind.YES_NO:
        return Known(is_yes_no=True)
    if fact.kind == Fact.Kind.NUMBER:
        return Known(unit=fact.unit)
    if fact.slug == "applicant":
        return Known(APPLICANTS, noun="申し込む人")
    if fact.slug == "kind":
        return Known({kind.value: [] for kind in Municipality.Kind}, noun="市町村の種別")
    if fact.slug == "subprefecture":
        names = {office.name: office.spellings for office in offices or Subprefecture.objects.all()}
        return Known(names, noun="振興局")
    return Known(is_judged=True)


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
        "値",
        max_length=200,
        help_text="いくつかあるときは「、」か「;」で区切ります。振興局は短い名前（釧路）、数は「5万」でもかまいません。"
        "「人が判断する」は、だれが何を見るか。",
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
        """The value in its one form. Where several are given, the rule asks for any of them."""
        if not self.fact_id:
            return
        known = known_of(self.fact)
        if self.operator not in known.operators:
            labels = "・".join(f"「{self.Operator(one).label}」" for one in known.operators)
            raise ValidationError({"operator": f"「{self.fact}」の条件に選べるのは、{labels}です。"})
        try:
            self.value = understood(self.value, eligibility.Operator(self.operator), known)
            if self.operator == self.Operator.EQ and ";" in self.value:
                self.operator = self.Operator.IN
            eligibility.validate(self.as_rule())
        except ValueError as error:
            raise ValidationError({"value": str(error)}) from error
