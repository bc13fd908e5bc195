"""What a chart says, in one sentence and the one after it, computed from its figures.

Amounts are put in words by a function the caller gives, so that yen, people and items are spoken of alike.

>>> from sumairu.lib.charts import yearly
>>> points = yearly({2018: 38, 2019: 38, 2020: 33, 2021: 32}, str)
>>> words = message(points, "派遣者数", "{}人".format)
>>> words.heading
'派遣者数は3年で6人減り、32人'
>>> words.detail
'令和2年度に5人、令和3年度に1人減りました。'
>>> message(yearly({2019: 0, 2020: 723}, str), "件数", "{}件".format).heading
'件数は1年前の0件から723件に'
>>> described(points, "派遣者数", "人")
'棒グラフ。派遣者数は平成30年度38人、令和元年度38人、令和2年度33人、令和3年度32人。'
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise

from sumairu.lib.charts import Number, Point, Series

Say = Callable[[Number], str]

BAND = Decimal("0.03")  # values that lie within three parts in a hundred are spoken of by what they have in common


@dataclass(frozen=True)
class Message:
    heading: str
    detail: str = ""


@dataclass(frozen=True)
class _Figure:
    year: int
    label: str
    value: Number


def message(points: Sequence[Point], noun: str, say: Say, with_rate: bool = False) -> Message:
    """What became of `noun` over `points`, and how it came to the newest of them.

    `points` has one for each year without omission; those without a value are told as missing. `with_rate` adds by how
    many percent a change was, for amounts too large to see that.
    """
    figures = _figures(points)
    if not figures:
        return Message(f"{noun}は、まだ公開されていません")
    if len(figures) == 1:
        (only,) = figures
        return Message(f"{only.label}の{noun}は{say(only.value)}", "くらべられる年は、まだありません。")
    return Message(_over_all(figures, noun, say), _recently(figures, say, with_rate) + missing_years(points))


def comparison(one: Series, other: Series, say: Say) -> Message:
    """Which of two series was the larger, over the years in which both have figures."""
    theirs = {figure.year: figure.value for figure in _figures(other.points)}
    both = [(mine, theirs[mine.year]) for mine in _figures(one.points) if mine.year in theirs]
    if not both:
        return Message(f"{one.name}と{other.name}をくらべられる年は、まだありません")
    newest, value = both[-1]
    if newest.value == value:
        return Message(f"{newest.label}は、{one.name}と{other.name}が同じ{say(value)}")
    larger, smaller = (one.name, other.name) if newest.value > value else (other.name, one.name)
    difference = say(_size(newest.value - value))
    as_now = sum((mine.value > its) == (newest.value > value) and mine.value != its for mine, its in both)
    if as_now == len(both) > 1:
        return Message(
            f"{len(both)}年とも、{larger}が{smaller}を上回っています", f"{newest.label}の差は{difference}でした。"
        )
    others = f"{len(both)}年のうち{as_now}年は、{larger}が上回っています。" if len(both) > 1 else ""
    return Message(f"{newest.label}は、{larger}が{smaller}を{difference}上回りました", others)


def described(points: Sequence[Point], noun: str, unit: str) -> str:
    """A bar chart for those who do not see it; `unit` follows each value as the chart shows it."""
    said = [f"{point.label}{point.value_label + unit if point.value is not None else 'は数字なし'}" for point in points]
    return f"棒グラフ。{noun}は{'、'.join(said)}。" if said else ""


def described_lines(series: Sequence[Series], unit: str) -> str:
    """A line chart for those who do not see it: where each line begins and ends."""
    said = []
    for line in series:
        ends = [point for point in line.points if point.value is not None]
        if ends:
            first, last = ends[0], ends[-1]
            until = f"から{last.label}{last.value_label}{unit}" if last is not first else ""
            said.append(f"{line.name}は{first.label}{first.value_label}{unit}{until}")
    return f"折れ線グラフ。{'、'.join(said)}。" if said else ""


def _figures(points: Sequence[Point]) -> list[_Figure]:
    return [_Figure(point.year, point.label, point.value) for point in points if point.value is not None]


def _over_all(figures: Sequence[_Figure], noun: str, say: Say) -> str:
    first, last = figures[0], figures[-1]
    span = last.year - first.year
    if common := _in_common([figure.value for figure in figures], say):
        how_long = f"{len(figures)}年続けて" if span == len(figures) - 1 else f"数字のある{len(figures)}年とも"
        return f"{noun}は{how_long}{common}"
    if first.value == last.value:
        return f"{noun}は{span}年前と同じ{say(last.value)}"
    change, now = say(_size(last.value - first.value)), say(last.value)
    if (
        last.value > first.value and change == now
    ):  # so little before that the change and what it came to are said alike
        return f"{noun}は{span}年前の{say(first.value)}から{now}に"
    return f"{noun}は{span}年で{change}{_way(last.value - first.value)}、{now}"


def _in_common(values: Sequence[Number], say: Say) -> str:
    """What all values are: one amount, or amounts so near each other that their first two figures agree."""
    lowest, highest = min(values), max(values)
    if lowest == highest:
        return say(lowest)
    digits = Decimal(highest).adjusted() + 1
    if lowest > 0 and digits > 2 and highest - lowest <= highest * BAND:
        step = 10 ** (digits - 2)
        if lowest // step == highest // step:
            return f"{say(lowest // step * step)}台"
    return ""


def _recently(figures: Sequence[_Figure], say: Say, with_rate: bool) -> str:
    """How the newest figure came about: its last two steps, as far as they are of one year each."""
    if len({figure.value for figure in figures}) == 1:
        return ""
    before, last = figures[-2], figures[-1]
    if len(figures) == 2 or last.year - before.year > 1:
        return f"{before.label}は{say(before.value)}でした。"

    def by(earlier: _Figure, later: _Figure) -> str:
        rate = _rate(earlier.value, later.value) if with_rate else ""
        return f"{later.label}に{say(_size(later.value - earlier.value))}{rate}"

    earlier = figures[-3]
    step, way = last.value - before.value, _way(last.value - before.value)
    step_before, way_before = before.value - earlier.value, _way(before.value - earlier.value)
    if before.year - earlier.year > 1:
        return f"{by(before, last)}{way}ました。" if step else f"{last.label}も{say(last.value)}でした。"
    if step and step_before:
        if way == way_before:
            return f"{by(earlier, before)}、{by(before, last)}{way}ました。"
        return f"{by(earlier, before)}{way_before}、{by(before, last)}{way}ました。"
    if step_before:
        return f"{by(earlier, before)}{way_before}、{last.label}も{say(last.value)}でした。"
    if step:
        same_as = "前の年度" if before.label.endswith("年度") else "前の年"
        return f"{before.label}は{same_as}と同じ{say(before.value)}で、{by(before, last)}{way}ました。"
    since = next(later for earlier, later in reversed(list(pairwise(figures))) if earlier.value != later.value)
    return f"{since.label}から{say(last.value)}のままです。"


def _size(difference: Number) -> Number:
    return difference if difference >= 0 else -difference


def _way(difference: Number) -> str:
    return "増え" if difference > 0 else "減り"


def _rate(earlier: Number, later: Number) -> str:
    """「（0.7％）」; nothing where the earlier figure is no measure of a change."""
    if earlier <= 0:
        return ""
    percent = (abs(Decimal(later) - Decimal(earlier)) * 100 / Decimal(earlier)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"（{percent}％）" if percent else "（0.1％未満）"


def missing_years(points: Sequence[Point]) -> str:
    """A sentence on the years between the first value and the last that have none."""
    places = [place for place, point in enumerate(points) if point.value is not None]
    between = points[places[0] : places[-1]]
    runs = "、".join(_runs(between))
    return f"{runs}の数字はありません。" if runs else ""


def _runs(points: Sequence[Point]) -> Iterator[str]:
    for missing, run in groupby(points, key=lambda point: point.value is None):
        if missing:
            first, *rest = run
            yield f"{first.label}から{rest[-1].label}まで" if rest else first.label
