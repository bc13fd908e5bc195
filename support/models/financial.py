"""財政的支援: budgets."""

from django.db import models
from django.db.models.functions import RowNumber

from sumairu.fields import FiscalYearField
from sumairu.imports.models import SourcedFigure
from sumairu.imports.stages import Stage
from sumairu.lib.workbooks.words.stages import supplement_of
from support.models.figures import ProgramFigureQuerySet, key_constraints, office_key, program_key, whose_and_when


class BudgetFigureQuerySet(ProgramFigureQuerySet):
    def for_charts(self):
        """Of each programme, office and year the one figure that a chart shows, oldest year first.

        The initial budget, so that years compare; where there is none, the amount that states no stage, then the
        nearest later one.
        """
        rank = models.Case(*(models.When(stage=stage, then=n) for n, stage in enumerate(CHARTED_STAGES)))
        place = models.Window(
            RowNumber(),
            partition_by=["program_id", "subprefecture_id", "fiscal_year"],
            order_by=[rank.asc(), models.F("supplement").desc()],
        )
        return list(self.annotate(place=place).filter(place=1).order_by("fiscal_year"))


class BudgetFigure(SourcedFigure):
    Stage = Stage

    program = program_key()
    fiscal_year = FiscalYearField()
    subprefecture = office_key()
    stage = models.CharField("段階", max_length=10, choices=Stage, default=Stage.UNSTATED, blank=True)
    supplement = models.CharField(
        "どの補正", max_length=20, blank=True, help_text="例：2月補正。補正後が複数あるとき。"
    )
    amount_yen = models.BigIntegerField("予算額（円）", help_text="円の単位で入れます。")

    value_field, measure = "amount_yen", "yen"
    key_fields = ("program", "fiscal_year", "subprefecture", "stage", "supplement")
    objects = BudgetFigureQuerySet.as_manager()

    class Meta(SourcedFigure.Meta):
        verbose_name = verbose_name_plural = "予算額"
        ordering = ["program", "-fiscal_year", Stage.in_order(), "supplement"]
        constraints = [
            *SourcedFigure.Meta.constraints,
            *key_constraints(
                "one_budget_figure",
                ["program", "fiscal_year", "stage", "supplement"],
                "この制度・年度・振興局・段階の予算額は、すでにあります。",
            ),
            models.CheckConstraint(
                condition=models.Q(supplement="") | models.Q(stage=Stage.REVISED),
                name="supplement_of_revised_budgets",
                violation_error_message="「どの補正」は、段階が補正後のときだけ入れます。",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_yen__gte=0),
                name="budget_is_not_negative",
                violation_error_message="予算額は0円以上です。",
            ),
        ]

    def __str__(self):
        return f"{self.identity} {self.in_words}"

    def clean(self):
        """Write a supplement as the import does: 「令和3年度2月補正」 typed here and 「２月補正後」 read there are one."""
        self.supplement = supplement_of(self.supplement) or self.supplement

    @staticmethod
    def told(program, fiscal_year, subprefecture, stage, supplement):
        """All that says which figure this is, in words: 地域づくり総合交付金・令和3年度（2021）・全道・当初."""
        stage = supplement or Stage(stage).label
        return "・".join([*whose_and_when(program, fiscal_year, subprefecture), stage])


# From the one a chart shows first. A settlement is what was spent, not a budget, so it comes last.
CHARTED_STAGES = [
    Stage.INITIAL,
    Stage.UNSTATED,
    Stage.REVISED,
    Stage.FINAL,
    Stage.SETTLED,
]
