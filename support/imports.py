"""The figures of the pillars as the import reads them: which programme, office and stage a row speaks of."""

from functools import cache

from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import CooperationRegion, Subprefecture
from sumairu.imports.kinds import FigureKind, New, Question, Unidentified, is_aside, names_of
from sumairu.imports.stages import Stage
from sumairu.lib.blank_workbooks import YEAR, Blank, Choice, Column, Whole, Words
from sumairu.lib.folding import fold
from sumairu.lib.nearest import Nearest
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.wareki import era_name, fiscal_year_on
from sumairu.search import index
from support.descriptions import BUDGETS, HEADCOUNTS
from support.models import BudgetFigure, DispatchFigure, Pillar, Program, ProgramAlias

PREFECTURE = "全道"
WHOLE_PREFECTURE = {fold(name) for name in (PREFECTURE, "北海道", "道全体", "本庁", "全道共通")}
_PILLAR = fold("柱")
# Words of the portal's own that stand beside programmes and name none (区分：財政的支援).
_PILLARS = {fold(pillar.label) for pillar in Pillar}


class Names:
    """Programmes and offices by every name they go by, folded; `answers` settle names that are none of these."""

    def __init__(self, answers):
        self.answers = answers
        self.offices, self.programs, self.shared = {}, {}, {}
        for office in Subprefecture.objects.all():
            for name in (office.name, *office.spellings):
                self.offices[fold(name)] = office
        for program in Program.objects.prefetch_related("aliases"):
            aliases = [alias.name for alias in program.aliases.all()]
            for name in (program.slug, program.official_name, program.plain_name, *aliases):
                earlier = self.programs.setdefault(fold(name), program)
                if earlier != program:
                    self.shared.setdefault(fold(name), {earlier}).add(program)
        self.aside = _PILLARS | {fold(region.name) for region in CooperationRegion.objects.all()}
        self.by_answer = {_answer(row): row for row in (*self.programs.values(), *self.offices.values())}
        self.nearest = Nearest(self.programs | self.offices)
        self.question_of_name, self.question_of_sheet = cache(self._question_of_name), cache(self._question_of_sheet)

    def whose(self, figure, titles):
        """The programme and office (None: the whole prefecture) of a figure: from its labels, else from what is over it."""
        program, office = None, None
        named = [self._named(header, text) for header, text in names_of(figure)]
        for found in [*named, *(self._known(fold(text)) for _, text in figure.beside)]:
            match found:
                case Program() as named:
                    if program not in (None, named):
                        raise Unidentified(f"制度番号と制度名が別の制度を指しています（{program}と{named}）。")
                    program = named
                case Subprefecture() as named:
                    if office not in (None, named):
                        raise Unidentified(f"一つの行に、二つの振興局の名前があります（{office}と{named}）。")
                    office = named
        program = program or self._named_in(figure.column) or self._named_in(titles) or self._asked_of_sheet(figure)
        return program, office

    def _named(self, header, text):
        """The programme or office of this name; None for a text that names neither and need not."""
        name = fold(text)
        unescaped = name.removeprefix("'")  # which exports put before what would be a formula
        if name in self.shared:
            return self._asked_which(text, sorted(self.shared[name], key=str))
        if named := self._known(name) or self.programs.get(unescaped):
            return named
        if not name or name in WHOLE_PREFECTURE or name in self.aside:
            return None
        if is_aside(header) or fold(header).startswith(_PILLAR):
            return None
        return self.by_answer[self.answers.to(self.question_of_name(text))]

    def _question_of_name(self, text):
        near = self.nearest(text)
        return Question(
            key=QuestionKey.of_name("name", text),
            title="登録にない名前です",
            text=f"「{text}」という支援制度・振興局は登録されていません。どれのことですか。",
            choices=_offered(near),
            others=_offered(row for row in self.by_answer.values() if row not in near),
            remembers="この書き方を、選んだ制度の別名として覚える",
            new=New(Program, {"official_name": text}),
        )

    def _known(self, name):
        return None if name in self.shared else self.programs.get(name) or self.offices.get(name)

    def _asked_which(self, text, programs):
        question = Question(
            key=QuestionKey.of_name("which", text),
            title="同じ名前の制度がいくつかあります",
            text=f"「{text}」は、いくつかの支援制度の名前です。どれのことですか。",
            choices=_offered(programs),
        )
        return self.by_answer[self.answers.to(question)]

    def _named_in(self, texts):
        """The one programme whose name stands in `texts`; None where there are none or several."""
        folded = [fold(text) for text in texts]
        names = [name for name in self.programs if name not in self.shared and any(name in text for text in folded)]
        # A name within another says nothing of its own: 交付金 in 地域づくり総合交付金.
        longest = [name for name in names if not any(name != other and name in other for other in names)]
        found = {self.programs[name] for name in longest}
        return found.pop() if len(found) == 1 else None

    def _asked_of_sheet(self, figure):
        return self.by_answer[self.answers.to(self.question_of_sheet(figure.sheet))]

    def _question_of_sheet(self, sheet):
        programs = dict.fromkeys(self.programs.values())
        return Question(
            key=QuestionKey.of_sheet("program", sheet),
            title="どの支援制度の数値ですか",
            text=f"シート「{sheet}」に、制度の名前が見つからない数値があります。",
            choices=(),
            others=_offered(programs),
            new=New(Program, {}),
        )


def _offered(rows):
    return tuple((_answer(row), str(row)) for row in rows)


def _answer(row):
    return f"{row._meta.model_name}:{row.slug}"


def remember(key, answer):
    """Keep the answer to a question of a name as an alias of the programme; offices go by no others than their own."""
    model, _, slug = answer.partition(":")
    program = Program.objects.filter(slug=slug).first() if (key.about, model) == ("name", "program") else None
    if program and len(key.name) <= 80 and not ProgramAlias.objects.filter(folded=fold(key.name)).exists():
        ProgramAlias(program=program, name=key.name).save()
        index.changed_of(Program, [program.pk])


def budget_identifier(answers):
    names = Names(answers)

    def identify(figure, titles):
        program, office = names.whose(figure, titles)
        stages = {"stage": figure.stage or "", "supplement": figure.supplement or ""}
        return {"program": program, "subprefecture": office, **stages}

    return identify


def dispatch_identifier(answers):
    names = Names(answers)

    def identify(figure, titles):
        program, office = names.whose(figure, titles)
        return {"program": program, "subprefecture": office}

    return identify


def blank_budgets():
    """The amounts on record, and a row of this year for each financial programme that has none yet."""
    stage = Choice(BudgetFigure.Stage.labels, "一覧から選んでください。決まっていなければ「明示なし」です。")
    columns = [
        *_blank_labels(),
        Column("段階", stage),
        Column("補正", Words(20, "「2月補正」のように入れてください。段階が「補正後」で、いくつもあるときだけです。")),
        Column(
            "予算額（円）", Whole("円の単位で、0以上の整数を入れてください（千円や億円の単位ではありません）。"), True
        ),
    ]
    rows = [
        [*_labels_of(figure), figure.get_stage_display(), figure.supplement, figure.value]
        for figure in _on_record(BudgetFigure)
    ]
    rows += [[*labels, None, None, None] for labels in _labels_to_fill(BudgetFigure, Pillar.FINANCIAL)]
    return [Blank(columns, rows)]


def blank_dispatchs():
    columns = [*_blank_labels(), Column("派遣者数（人）", Whole("0以上の整数で、人数だけを入れてください。"), True)]
    rows = [[*_labels_of(figure), figure.value] for figure in _on_record(DispatchFigure)]
    rows += [[*labels, None] for labels in _labels_to_fill(DispatchFigure, Pillar.HUMAN)]
    return [Blank(columns, rows)]


def _blank_labels():
    """The columns that say whose and of when a figure is, as `_labels` fills them."""
    programs = list(Program.objects.values_list("official_name", flat=True))
    offices = [PREFECTURE, *Subprefecture.objects.values_list("name", flat=True)]
    return [
        Column("制度番号"),
        Column(
            "制度名",
            Choice(programs, "一覧から制度を選んでください。ない制度は、先に管理画面の「支援制度」に加えます。"),
        ),
        Column("振興局", Choice(offices, f"一覧から選んでください。道全体の数値は「{PREFECTURE}」です。")),
        Column("年度（西暦）", YEAR),
        Column("年度（和暦）"),
    ]


def _on_record(model):
    return model.objects.select_related("program", "subprefecture").order_by("program", "fiscal_year", "pk")


def _labels_of(figure):
    office = figure.subprefecture.name if figure.subprefecture else PREFECTURE
    return _labels(figure.program, office, figure.fiscal_year)


def _labels_to_fill(model, pillar):
    """Rows of this fiscal year that have no figure yet."""
    year = fiscal_year_on(localdate())
    there = model.objects.of_the_prefecture().in_year(year).values("program")
    return [_labels(program, PREFECTURE, year) for program in Program.objects.of(pillar).exclude(pk__in=there)]


def _labels(program, office, year):
    return [program.slug, program.official_name, office, year, era_name(year)]


NAMES = {
    Program: ("slug", "official_name", "plain_name"),
    ProgramAlias: ("program", "name"),
    Subprefecture: ("slug", "name"),
    CooperationRegion: ("name",),
}
KINDS = [
    FigureKind(
        slug="budget",
        label="予算額",
        about="支援制度・年度・段階（当初・補正後・最終・決算）ごとの円",
        model=BudgetFigure,
        measures=frozenset({"yen"}),
        entity="program",
        names=NAMES,
        series=lambda parts: f"予算額（{Stage(parts['stage']).label}）",
        pages_of=lambda parts: [(reverse("figures"), "数字で見る"), (BUDGETS.address, "CSV")],
        is_public=lambda parts: parts["program"].is_published(),
        identifier=budget_identifier,
        remember=remember,
        blanks=blank_budgets,
        public_url="figures",
    ),
    FigureKind(
        slug="dispatch",
        label="派遣者数",
        about="支援制度・年度ごとの人数。振興局ごとに分けることもできます",
        model=DispatchFigure,
        measures=frozenset({"people"}),
        entity="program",
        names=NAMES,
        series=lambda parts: "派遣者数",
        pages_of=lambda parts: [(reverse("figures"), "数字で見る"), (HEADCOUNTS.address, "CSV")],
        is_public=lambda parts: parts["program"].is_published(),
        identifier=dispatch_identifier,
        remember=remember,
        blanks=blank_dispatchs,
        public_url="figures",
    ),
]
