"""The sheet of a town: its chapters, whom it is compared with, and whom to ask for help with an analysis."""

from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from regions.charts import indicator_charts
from regions.models import Municipality
from sumairu.lib.days import full_day
from sumairu.lib.trend_words import STEADY
from sumairu.pages.analysis.chapters import chapters_of, indicator_chapter
from sumairu.pages.analysis.figures import Figures
from sumairu.pages.analysis.files import tables_of, whole, workbook_name
from support.models import Program
from support.standing import standings_for

PROGRAM = "resas-bunseki"  # fixtures/content/informational.toml
# What a desk needs to begin, in the order in which a mail would have it.
TO_SEND = [
    "知りたいこと、決めたいこと（例：なぜ20代の転出が多いのか）",
    "何に使うか（総合戦略の見直し、議会の説明、補助金の申請など）と、いつまでに要るか",
    "このシート（Excel）と、まちがすでに持っている数値や調査の名前",
    "くらべたいまち、見たい年の範囲、地区ごとの数値が要るか",
    "担当の課、電話、メール",
]
# Their first pages alone: what lies behind them moves. What is said of them is theirs to do better.
ELSEWHERE = [
    (
        "RESAS（地域経済分析システム）",
        "https://resas.go.jp/",
        "国のデータを、産業、人口、観光、地方財政などの地図とグラフで見られます。このシートにない、地域のお金の流れや人の流れを調べるときに。",
    ),
    (
        "Japan Dashboard（デジタル庁）",
        "https://www.digital.go.jp/resources/japandashboard",
        "約300の指標を、全国の市区町村と、地図、推移、散布図でくらべられます。道外のまちとくらべるときに。",
    ),
]


@dataclass
class AnalysisSheet:
    town: Municipality
    figures: Figures = field(init=False)

    def __post_init__(self):
        self.figures = Figures(self.town)

    @property
    def office(self):
        return self.town.subprefecture

    @property
    def parents(self):
        return [("市町村", reverse("municipality_list")), (self.town.name, self.town.get_absolute_url())]

    @property
    def title(self):
        return f"地域分析シート　{self.town}"

    @property
    def path(self):
        return reverse("analysis_sheet", args=[self.town.code])

    @property
    def address(self):
        return f"{settings.PUBLIC_ADDRESS}{self.path}"

    @property
    def day(self):
        return full_day(localdate())

    @property
    def steady(self):
        return f"{STEADY}％"

    @property
    def nearest(self):
        return self.figures.nearest

    @property
    def compared_with(self):
        """How many towns each median may be of."""
        return len(dict(self.figures.groups)["管内の中央値"])

    @cached_property
    def chapters(self):
        return [*chapters_of(self.figures), indicator_chapter(self.figures, indicator_charts(self.town))]

    @property
    def linked(self):
        return ELSEWHERE

    # Help with an analysis.

    @cached_property
    def help(self):
        """The `Standing` of the programme that helps with analyses; None where it is not public."""
        return next(iter(standings_for(self.town, programs=Program.objects.filter(slug=PROGRAM))), None)

    @property
    def desk(self):
        return self.help and self.help.desk

    @property
    def to_send(self):
        return TO_SEND

    # Its files.

    @property
    def shown(self):
        return tables_of(self)

    @property
    def workbook(self):
        return whole(self)

    @property
    def workbook_url(self):
        return reverse("analysis_workbook", args=[self.town.code])

    @property
    def workbook_name(self):
        return workbook_name(self)
