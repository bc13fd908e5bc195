"""What towns took as the import reads it: of which town and programme a row speaks, and what a column counts.

A programme may stand beside the town, over the columns, over the table or on the sheet; so may what is counted.
"""

from regions.imports import Towns
from regions.imports.towns import remember as remember_town
from regions.models import CooperationRegion, Municipality, MunicipalityAlias, Subprefecture
from sumairu.imports.kinds import Asked, FigureKind, LeftOut, Question, Unidentified, is_aside, names_of
from sumairu.imports.unstated import kind_of_names
from sumairu.lib.blank_workbooks import YEAR, Blank, Choice, Column, Whole
from sumairu.lib.counted_words import core
from sumairu.lib.folding import fold
from sumairu.lib.measures import NAMES
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.wareki import era_name
from support.imports import Names
from support.imports import remember as remember_program
from support.models import Program, ProgramAlias
from support.uptake.descriptions import UPTAKE
from support.uptake.models import Counted, UptakeFigure
from support.uptake.related import list_address

OF_PROGRAMS = tuple(fold(word) for word in ("制度", "支援制度", "事業名", "補助金名", "交付金名", "補助事業"))
OF_COUNTED = {fold(word) for word in ("実績", "数えるもの", "項目")}
BY_LABEL = {fold(name): each for each in Counted for name in (each.label, each.title)}
SETTLED, DECIDED = ("確定", "精算"), ("決定",)


class Rows:
    """What the labels of a row say, sorted: whose it is, of which programme, and what is counted.

    Each is found once for all figures that it is the same of: a town for its row, a programme for its column or sheet.
    """

    def __init__(self, answers):
        self.answers, self.towns, self.names = answers, Towns(answers), Names(answers)
        self.sorted, self.found = {}, {}

    def parts_of(self, figure, titles):
        row = figure.sheet, figure.labels, figure.beside, figure.code
        if row not in self.sorted:
            self.sorted[row] = self._sorted(figure)
        towns, programs, counted = self.sorted[row]
        over, kind = (figure.sheet, figure.column), figure.kind or kind_of_names(figure)
        named = figure._replace(labels=programs, beside=())
        return {
            "municipality": self._once(("town", row), lambda: self.towns.whose(figure, towns, titles)),
            "program": self._once(("program", over, programs), lambda: self.names.whose(named, titles)[0]),
            "counted": self._once(
                ("counted", over, counted, kind, figure.stage), lambda: self._counted(figure, kind, counted, titles)
            ),
        }

    def _once(self, key, find):
        """What `find` gives or refuses to, the first time that it is asked for."""
        if key not in self.found:
            try:
                self.found[key] = find()
            except (Unidentified, LeftOut, Asked) as refusal:
                self.found[key] = refusal
        if isinstance(self.found[key], Exception):
            raise self.found[key].with_traceback(None)
        return self.found[key]

    def _sorted(self, figure):
        towns, programs, counted = [], [], []
        known = (label for label in figure.beside if self.towns.know(*label) or self._is_of_program(*label))
        for label in dict.fromkeys((*names_of(figure), *known)):
            header, text = label
            if fold(header) in OF_COUNTED or fold(text) in BY_LABEL:
                counted.append(text)
            elif self._is_of_program(header, text):
                programs.append(label)
            elif not is_aside(header) and fold(header) != fold("見本"):
                towns.append(label)
        return towns, tuple(programs), tuple(counted)

    def _is_of_program(self, header, text):
        return fold(header).startswith(OF_PROGRAMS) or fold(text) in self.names.programs

    def _counted(self, figure, kind, labels, titles):
        """What the row, the column or a title names; of money it is asked where they say neither 決定 nor 確定."""
        named = [BY_LABEL[fold(text)] for text in labels if fold(text) in BY_LABEL]
        if named:
            [counted] = set(named) if len(set(named)) == 1 else [None]
            if counted is None or kind not in (counted.measure, None):
                raise Unidentified(f"「{'・'.join(labels)}」の数値が、{NAMES.get(kind, '別の数')}になっています。")
            return counted
        if kind == "count":
            return Counted.PROJECTS
        if kind == "people":
            return Counted.PEOPLE
        for texts in (figure.column, titles):
            found = {
                each
                for each, words in ((Counted.SETTLED, SETTLED), (Counted.DECIDED, DECIDED))
                if any(word in text for word in words for text in texts)
            }
            if len(found) == 1 and not figure.stage:
                return found.pop()
        return Counted(self.answers.to(self._question(figure, titles)))

    def _question(self, figure, titles):
        told = " ".join(filter(None, (*figure.column, figure.stage))) or " ".join(titles)
        return Question(
            key=QuestionKey.of_name("uptake", core(told)),
            title="交付決定額ですか、交付確定額ですか",
            text=f"シート「{figure.sheet}」の「{told}」は、決定した額か、確定した額かが書かれていません。",
            choices=tuple((each.value, each.label) for each in (Counted.DECIDED, Counted.SETTLED)),
        )


def uptake_identifier(answers):
    return Rows(answers).parts_of


def remember(key, answer):
    """Keep the answer to a question of a name: of a town, or of a programme."""
    remember_town(key, answer)
    remember_program(key, answer)


def blank_uptake():
    """What is on record, one row for each town, programme and year, a column for each thing that is counted."""
    programs = list(Program.objects.values_list("official_name", flat=True))
    towns = list(Municipality.objects.governed().values_list("name", flat=True))
    columns = [
        Column("団体コード"),
        Column("市町村", Choice(list(dict.fromkeys(towns)), "一覧から市町村を選んでください。")),
        Column("制度番号"),
        Column("制度名", Choice(programs, "一覧から制度を選んでください。ない制度は、先に「支援制度」に加えます。")),
        Column("年度（西暦）", YEAR),
        Column("年度（和暦）"),
        *(
            Column(
                each.title, Whole(f"{each.unit}の整数を入れてください。分からなければ空欄にします。"), is_figure=True
            )
            for each in Counted
        ),
    ]
    found = {}
    figures = UptakeFigure.objects.select_related("program", "municipality")
    for figure in figures.order_by("program__order", "program__slug", "fiscal_year", "municipality__code"):
        key = figure.municipality, figure.program, figure.fiscal_year
        found.setdefault(key, {})[figure.counted] = figure.value
    rows = [
        [town.code, town.name, program.slug, program.official_name, year, era_name(year), *map(values.get, Counted)]
        for (town, program, year), values in found.items()
    ]
    return [Blank(columns, rows)]


def pages_of(parts):
    address = list_address(program=parts["program"].slug, year=parts["fiscal_year"])
    return [(address, f"使ったまち　{parts['program']}　{era_name(parts['fiscal_year'])}"), (UPTAKE.address, "CSV")]


KINDS = [
    FigureKind(
        slug="uptake",
        label="市町村の活用実績",
        about="支援制度・市町村・年度ごとの、交付決定額、交付確定額、交付決定件数、派遣者数",
        model=UptakeFigure,
        measures=frozenset({"yen", "count", "people"}),
        entity="municipality",
        names={
            Municipality: ("code", "name", "county", "subprefecture"),
            MunicipalityAlias: ("municipality", "name"),
            Subprefecture: ("slug", "name"),
            CooperationRegion: ("name",),
            Program: ("slug", "official_name", "plain_name"),
            ProgramAlias: ("program", "name"),
        },
        series=lambda parts: f"{parts['program']}の{Counted(parts['counted']).label}",
        pages_of=pages_of,
        is_public=lambda parts: parts["program"].is_published(),
        identifier=uptake_identifier,
        remember=remember,
        blanks=blank_uptake,
        public_url="uptake_list",
    )
]
