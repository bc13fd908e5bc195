"""The chapters of a sheet: what each says of the town's figures, and what it draws."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from regions.charts import short, yen_unit
from sumairu.lib.amounts import about_yen
from sumairu.lib.chart_words import message
from sumairu.lib.editions import in_editions
from sumairu.lib.trend_words import (
    INDEX,
    PERCENT,
    Scale,
    absent,
    balance,
    largest,
    over_time,
    plain,
    standing,
)
from sumairu.pages.analysis.drawings import Drawing, against, beside_others, by_group, over_years
from sumairu.pages.analysis.figures import Compared, TownSeries

PER_THOUSAND = Scale("人", more="高く", less="低く")
AMOUNT = Scale("円")
DRAWN = 2  # indicators
_ITEM = re.compile(r"（[^（）]*）$")  # of a data set: （A1101）


@dataclass(frozen=True)
class Chapter:
    """`series` are the town's own figures over the years, `compared` those that stand beside other towns'.

    `sentences` are those for which nothing is drawn.
    """

    slug: str
    title: str
    sentences: Sequence[str]
    series: Sequence[TownSeries] = ()
    compared: Sequence[Compared] = ()
    drawings: Sequence[Drawing] = ()
    notes: Sequence[str] = ()

    @property
    def is_known(self):
        return any(each.values for each in self.series) or any(each.here is not None for each in self.compared)

    @cached_property
    def known(self):
        return [each for each in self.series if each.values]

    @property
    def missing(self):
        """What is said of each statistic that the portal has, and of this town not."""
        return [absent(each.label) for each in self.series if not each.values]

    @cached_property
    def years(self):
        return sorted({year for each in self.known for year in each.values})

    @property
    def over_years(self):
        """The table of the years: every known series with a text for each of `years`."""
        return [(each, [each.text(year) for year in self.years]) for each in self.known]

    @property
    def sources(self):
        found = [source for each in self.known for source in each.sources.values()]
        found += [part for each in self.compared for part in each.source.split("、")]
        return list(dict.fromkeys(found))

    @property
    def source_line(self):
        """Each source once, without what tells its items apart; of editions of one the first and the last."""
        stems = sorted({_ITEM.sub("", source) for source in self.sources})
        return in_editions(stems)


def chapters_of(figures):
    """In the order in which they are read; what no chapter names stands in the last but one."""
    makers = [_population, _births, _moves, _industries, _work, _finances]
    found = [make(figures) for make in makers]
    named = {series.slug for chapter in found for series in chapter.series}
    return [*found, _living(figures, named)]


def _chapter(slug, title, series, compared, told, notes=()):
    """`told` are pairs of a sentence and the drawing that it belongs to; each may be missing."""
    compared = [each for each in compared if each is not None]
    if not any(each.values for each in series):
        return Chapter(slug, title, [absent(title)], series, compared)
    return Chapter(
        slug,
        title,
        [sentence for sentence, drawing in told if sentence and drawing is None],
        series,
        compared,
        [replace(drawing, sentence=sentence) for sentence, drawing in told if drawing is not None],
        [*filter(None, notes)],
    )


def _one(figures, slug):
    return next(iter(figures.of(slug)), None)


def _told(series, say):
    """What became of it; a census is not taken every year, so that no year between two is missing."""
    if series is None:
        return ""
    points = series.points()
    return over_time(series.label, [p for p in points if p.value is not None] if series.is_census else points, say)


def _stands(compared):
    return standing(compared.label, compared.here, compared.others, compared.scale) if compared else ""


def _population(figures):
    slugs = ("population_under_15", "population_15_64", "population_65_and_over")
    ages = figures.of(*slugs)
    change = figures.measure(
        "change", "（新しい年の総人口 − 前の国勢調査の総人口）÷ 前の国勢調査の総人口 × 100", PERCENT
    )
    aged = figures.share("population_65_and_over", "population", "65歳以上の割合", PERCENT)
    young = figures.share("population_under_15", "population", "15歳未満の割合", PERCENT)
    oldest = figures.share("population_75_and_over", "population", "75歳以上の割合", PERCENT)
    people = _one(figures, "population")
    rest = _rest(
        people,
        [each for each in ages if each.values],
        "三つの年齢の区分に入っていない人",
        "割合は、その人たちも含む総人口で割っています。",
    )
    return _chapter(
        "population",
        "人口と年齢",
        [*figures.of("population"), *ages, *figures.of("population_75_and_over")],
        [change, young, aged, oldest],
        [
            (_told(people, "{:,}人".format), _ages(ages)),
            (_stands(aged), beside_others(aged, figures.town)),
        ],
        [rest],
    )


def _ages(series):
    """The groups of the newest census; of each is said what became of it since the one before."""
    return by_group([(each.label.removesuffix("人口"), each) for each in series if each.values], "人数")


def _rest(whole, parts, who, then):
    """How many of `whole` are in none of three `parts`, in a sentence; empty where that is nobody, or unknown."""
    years = set(whole.values).intersection(*(each.values for each in parts)) if whole and len(parts) == 3 else ()
    if not years:
        return ""
    left = whole.values[max(years)] - sum(each.values[max(years)] for each in parts)
    return f"このほかに、{who}が{plain(left)}人います。{then}" if left > 0 else ""


def _pair(figures, slug, title, names, label, how_words):
    """What comes against what goes: 出生と死亡, 転入と転出."""
    (plus, plus_name), (minus, minus_name) = names
    more, less = _one(figures, plus), _one(figures, minus)
    per_thousand = figures.balance(plus, minus, label, PER_THOUSAND)
    both = sorted(more.values.keys() & less.values.keys()) if more and less else []
    said = ""
    if both:
        year = both[-1]
        said = balance(
            more.when_words(year), (plus_name, more.values[year]), (minus_name, less.values[year]), "{:,}人".format
        )
    series = figures.of(plus, minus)
    over = [_told(each, "{:,}人".format) for each in series if each.values]
    return _chapter(
        slug,
        title,
        series,
        [per_thousand],
        [
            ("".join([said, *over]), against(less, minus_name, more, plus_name, "人")),
            (_stands(per_thousand), beside_others(per_thousand, figures.town)),
        ],
        [how_words],
    )


def _births(figures):
    names = ("births", "出生"), ("deaths", "死亡")
    return _pair(
        figures, "births", "出生と死亡", names, "千人あたりの自然増減", "自然増減は、出生数から死亡数を引いた数です。"
    )


def _moves(figures):
    names = ("moved_in", "転入"), ("moved_out", "転出")
    note = "社会増減は、転入者数から転出者数を引いた数です。日本人の移動だけで、外国人の移動は含みません。"
    return _pair(figures, "moves", "転入と転出", names, "千人あたりの社会増減", note)


def _industries(figures):
    names = {"workers_primary": "第1次産業", "workers_secondary": "第2次産業", "workers_tertiary": "第3次産業"}
    series = figures.of(*names)
    shares = [figures.share(slug, "workers", f"{name}の割合", PERCENT) for slug, name in names.items()]
    parts = [(names[each.slug], each) for each in series if each.values]
    newest = max((each.years[-1] for _, each in parts), default=None)
    now = [(name, each.values[newest]) for name, each in parts if newest in each.values]
    said = ""
    if now:
        when = parts[0][1].when_words(newest)
        said = f"{when}に{'、'.join(f'{name}で{plain(value)}人' for name, value in now)}が働き、いちばん多いのは{largest(now)}です。"
    rest = _rest(
        _one(figures, "workers"),
        [each for _, each in parts],
        "三つの産業に分けられていない就業者",
        "割合は、その人たちも含む就業者数で割っています。",
    )
    return _chapter(
        "industries",
        "産業",
        series,
        shares,
        [
            (said, by_group(parts, "就業者数", largest_first=True)),
            (_stands(shares[0]), beside_others(shares[0], figures.town)),
        ],
        [rest],
    )


def _work(figures):
    working = figures.share("workers", "population", "総人口のうち働く人の割合", PERCENT)
    by_head = figures.by_head("establishments", "千人あたりの事業所数", Scale())
    establishments = _one(figures, "establishments")
    return _chapter(
        "work",
        "働く人と事業所",
        figures.of("workers", "establishments"),
        [working, by_head],
        [
            (_told(establishments, "{:,}事業所".format), over_years(establishments, "{:,}事業所".format)),
            (_stands(working), beside_others(working, figures.town)),
        ],
        ["働く人の割合は、年齢を問わない総人口で割ったもので、就業率とはちがいます。"],
    )


FINANCES = (
    "revenue_thousand_yen",
    "expenditure_thousand_yen",
    "local_tax_thousand_yen",
    "current_balance_ratio",
    "real_debt_service_ratio",
    "fiscal_capability_index",
    "future_burden_ratio",
    "municipal_staff",
)


def _finances(figures):
    balance_ratio = figures.plain("current_balance_ratio", PERCENT, 1)
    if balance_ratio:
        balance_ratio = replace(balance_ratio, label=balance_ratio.label.partition("（")[0])
    spent = _one(figures, "expenditure_thousand_yen")
    return _chapter(
        "finances",
        "財政",
        figures.of(*FINANCES),
        [
            balance_ratio,
            figures.plain("real_debt_service_ratio", PERCENT, 1),
            figures.plain("fiscal_capability_index", INDEX, 2),
            figures.plain("future_burden_ratio", PERCENT, 1),
            figures.by_head("expenditure_thousand_yen", "1人あたりの歳出決算総額", AMOUNT),
            figures.by_head("local_tax_thousand_yen", "1人あたりの地方税", AMOUNT),
            figures.by_head("municipal_staff", "千人あたりの一般行政部門職員数", Scale()),
        ],
        [
            (over_time("歳出決算総額", spent.points(), _thousands) if spent else "", _revenue_and_expenditure(figures)),
            (_stands(balance_ratio), beside_others(balance_ratio, figures.town)),
        ],
        ["資料で空欄のものは、記録がないものとして扱っています。"],
    )


def _thousands(value):
    """An amount in thousands of yen, in words."""
    return about_yen(int(value * 1000))


def _revenue_and_expenditure(figures):
    spent, taken = _one(figures, "expenditure_thousand_yen"), _one(figures, "revenue_thousand_yen")
    if not (spent and taken and spent.values and taken.values):
        return None
    unit = yen_unit(max(*spent.values.values(), *taken.values.values()) * 1000)
    drawn = against(spent, "歳出", taken, "歳入", unit, partial(_in_yen, unit=unit), _thousands)
    return drawn and replace(drawn, heading=message(spent.points(), "歳出決算総額", _thousands).heading)


def _in_yen(thousands, unit):
    return f"{short(int(thousands * 1000), unit):,}"


def _living(figures, named):
    """Households and doctors are drawn; every statistic that no other chapter names is in the tables."""
    series = [each for slug, each in figures.series.items() if slug not in named]
    single = figures.share("single_households", "households", "単独世帯の割合", PERCENT)
    others = [
        figures.by_head(slug, f"千人あたりの{label}", Scale())
        for slug, label in (("doctors", "医師数"), ("clinics", "一般診療所数"), ("hospitals", "一般病院数"))
    ]
    doctors = _one(figures, "doctors")
    return _chapter(
        "living",
        "世帯、医療、そのほかの統計",
        series,
        [single, *others],
        [
            (_told(doctors, "{:,}人".format), over_years(doctors, "{:,}人".format)),
            (_stands(single), beside_others(single, figures.town)),
        ],
    )


def _counted(number):
    """「3つ」, 「12」: as one says it."""
    return f"{number}つ" if number < 10 else f"{number}"


def indicator_chapter(figures, charts):
    """What the portal's own indicators say; `charts` are those of the town (`regions.charts.indicator_charts`)."""
    people = figures.newest.get("population")
    compared, first = [], None
    for each in figures.indicators:
        compared.append(figures.compared(each, "", Scale(each.unit)))
        if people and each.is_divided:
            head = f"{'1' if each.unit == '円' else '千'}人あたりの{each.label}"
            compared.append(figures.figures_by_head(each, people, head, Scale(each.unit)))
        first = first if first and first.here is not None else compared[-1]
    title = "このポータルの指標"
    if not charts:
        return Chapter("indicators", title, [absent(title)], compared=compared)
    more = f"グラフは{DRAWN}つまでで、ほかの指標は表と、まちのページにあります。" if len(charts) > DRAWN else ""
    return Chapter(
        "indicators",
        title,
        [
            f"{_counted(len(figures.indicators))}の指標のうち、{_counted(len(charts))}にこのまちの数値があります。{_stands(first)}"
        ],
        figures.indicator_series,
        compared,
        [
            Drawing(each.message.heading, each.caption, each.description, each.drawing, each.message.detail)
            for each in charts[:DRAWN]
        ],
        notes=[*filter(None, [more, *dict.fromkeys(each.indicator.note for each in charts[:DRAWN])])],
    )
