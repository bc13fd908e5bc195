"""Geometry of bar and line charts, in units of an SVG view box. Templates draw it, the style sheet colours it.

A chart says one thing, so it has few parts: bars or lines from a zero line, their values beside them, the years below.
A year without a figure is a gap with its name, never a zero. Where letters would meet, some are left out; those that
meet only on a phone, whose letters are larger, are marked `spare`.

>>> points = yearly({2018: 38, 2020: 33}, str)
>>> [(point.label, point.value_label) for point in points]
[('平成30年度', '38'), ('令和元年度', ''), ('令和2年度', '33')]
>>> chart = bar_chart(points)
>>> [(bar.value_label, bar.height, bar.newest) for bar in chart.bars], [gap.x for gap in chart.gaps]
([('38', 150, False), ('33', 130, True)], [221])
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor
from unicodedata import east_asian_width

from sumairu.lib.wareki import era_name

Number = int | Decimal


@dataclass(frozen=True)
class Point:
    """One year's figure and its words; `value` is None where the year has none."""

    year: int
    label: str
    sub_label: str
    value: Number | None
    value_label: str = ""


@dataclass(frozen=True)
class Series:
    """A line: its name, its points, and whether it is what the chart is about or what that is seen against."""

    name: str
    points: Sequence[Point]
    context: bool = False


@dataclass(frozen=True)
class Bar:
    x: int
    y: int
    width: int
    height: int
    middle: int
    label_y: int
    hangs: bool  # below the zero line, its value below it
    value_label: str
    spare: bool
    newest: bool


@dataclass(frozen=True)
class Difference:
    x: int
    y: int
    hangs: bool
    text: str
    spare: bool


@dataclass(frozen=True)
class Year:
    """The name of a year under its bar: in Japanese, and in small letters the year of its April."""

    x: int
    label: str
    label_spare: bool
    sub_label: str
    sub_label_spare: bool


@dataclass(frozen=True)
class Gap:
    x: int
    left: int
    right: int


@dataclass(frozen=True)
class BarChart:
    width: int
    height: int
    left: int
    zero: int
    foot: int  # where the names of the years hang from
    wide: bool
    bars: tuple[Bar, ...]
    gaps: tuple[Gap, ...]
    differences: tuple[Difference, ...]
    years: tuple[Year, ...]


@dataclass(frozen=True)
class Line:
    name: str
    value_label: str
    context: bool
    d: str
    dots: tuple[tuple[int, int], ...]  # the newest point last; before it, points without neighbours
    label_y: int
    until: str  # 「（2023）」: the year of the newest point, where other lines go on


@dataclass(frozen=True)
class GridLine:
    y: int
    label: str


@dataclass(frozen=True)
class LineChart:
    width: int
    height: int
    left: int
    right: int
    zero: int
    foot: int
    wide: bool
    lines: tuple[Line, ...]
    grid: tuple[GridLine, ...]
    years: tuple[Year, ...]  # both ends, and between them as many as have room


@dataclass(frozen=True)
class _Letters:
    """Sizes in units, as the style sheet sets them: of names and values, of what is quieter, of the newest value."""

    plain: float
    quiet: float
    loud: float


@dataclass(frozen=True)
class _Sheet:
    width: int
    height: int
    bar_width: int
    desk: _Letters
    phone: _Letters


NARROW = _Sheet(420, 230, 54, desk=_Letters(14, 12.5, 18), phone=_Letters(16, 15, 18))
WIDE = _Sheet(720, 290, 64, desk=_Letters(14, 12.5, 18), phone=_Letters(27, 25, 34))

HEAD = 34  # above the highest bar, for its value
FOOT = 46  # under the plot, for the years
AXIS = 22  # left of the plot, for the zero
BELOW = 1.4  # lines under the lowest bar, for its value, where it is negative
BAR_OF_SLOT = 0.62
SPACE = 8  # between two texts


def yearly(
    values: Mapping[int, Number],
    value_label: Callable[[Number], str],
    label: Callable[[int], str] = era_name,
    sub_label: Callable[[int], str] = str,
) -> list[Point]:
    """A point for every year from the first to the last that has a value; the years between that have none included."""
    years = range(min(values), max(values) + 1) if values else range(0)
    return [
        Point(year, label(year), sub_label(year), values.get(year), value_label(values[year]) if year in values else "")
        for year in years
    ]


def signed(difference: Number) -> str:
    """「+1,200」, 「−5」: with the sign that is as wide as a plus."""
    return f"{difference:+,}".replace("-", "−")


def bar_chart(
    points: Sequence[Point], wide: bool = False, difference_label: Callable[[Number], str] = signed
) -> BarChart:
    """Bars for `points`, one for each year without omission; a wide chart also states the differences between them."""
    sheet = WIDE if wide else NARROW
    points = _from_first_to_last(points)
    values = [point.value for point in points if point.value is not None]
    foot = sheet.height - FOOT
    below = round(BELOW * sheet.phone.loud) if values and min(values) < 0 else 0
    y_of, zero = _vertical(values, HEAD, foot - below)
    slot = _slot(points, sheet)
    bar_width = round(min(sheet.bar_width, slot * BAR_OF_SLOT))
    middles = [round(AXIS + slot * (place + 0.5)) for place in range(len(points))]

    # The newest value is larger than the one before it: where all have room in between, these two have.
    desk, phone = ((letters.plain + letters.loud) / 2 for letters in (sheet.desk, sheet.phone))
    labels = _thinned([point.value_label for point in points], slot, desk, phone)
    bars: list[Bar | None] = []
    for point, middle, (shown, spare) in zip(points, middles, labels, strict=True):
        if point.value is None:
            bars.append(None)
            continue
        height = max(abs(zero - y_of(point.value)), 1 if point.value else 0)
        hangs = point.value < 0
        bars.append(
            Bar(
                x=middle - bar_width // 2,
                y=zero if hangs else zero - height,
                width=bar_width,
                height=height,
                middle=middle,
                label_y=zero + height if hangs else zero - height,
                hangs=hangs,
                value_label=point.value_label if shown else "",
                spare=spare,
                newest=point is points[-1],
            )
        )
    return BarChart(
        width=sheet.width,
        height=sheet.height,
        left=AXIS,
        zero=zero,
        foot=foot,
        wide=wide,
        bars=tuple(bar for bar in bars if bar),
        gaps=tuple(
            Gap(middle, round(middle - slot / 2), round(middle + slot / 2))
            for bar, middle in zip(bars, middles, strict=True)
            if bar is None
        ),
        differences=tuple(_differences(points, bars, slot, sheet, difference_label)) if wide else (),
        years=tuple(_years(points, middles, slot, sheet)),
    )


def line_chart(
    series: Sequence[Series], wide: bool = False, tick_label: Callable[[Number], str] = "{:,}".format
) -> LineChart:
    """Lines over the same years, each with its name and newest value at its end, from a zero line."""
    sheet = WIDE if wide else NARROW
    letters = sheet.phone
    series = [Series(line.name, _from_first_to_last(line.points), line.context) for line in series]
    points = [point for line in series for point in line.points]
    values = [point.value for point in points if point.value is not None]
    steps = _grid(values)
    head, foot = 30, sheet.height - 30
    left = round(max([_width(tick_label(step), letters.quiet) for step in steps], default=0) + 12)
    years = [point.year for point in points]
    first, last = min(years, default=0), max(years, default=0)
    ends = [line.name + " " + line.points[-1].value_label + _until(line, last) for line in series if line.points]
    right = round(sheet.width - 12 - max([_width(end, letters.plain) for end in ends], default=0))
    y_of, zero = _vertical(values, head, foot)

    def place(point: Point, value: Number) -> tuple[int, int]:
        return round(left + (right - left) * (point.year - first) / max(last - first, 1)), y_of(value)

    lines = [_line(line, place, last) for line in series if line.points]
    return LineChart(
        width=sheet.width,
        height=sheet.height,
        left=left,
        right=right,
        zero=zero,
        foot=foot,
        wide=wide,
        lines=tuple(_apart(lines, letters.plain * 1.2, head, foot)),
        grid=tuple(GridLine(y_of(step), tick_label(step)) for step in steps),
        years=tuple(_axis({point.year: point.sub_label for point in points}, left, right, sheet)),
    )


def _slot(points: Sequence[Point], sheet: _Sheet) -> float:
    """The width of one year, so that what stands over and under the last one ends on the sheet."""
    room, years = sheet.width - AXIS, max(len(points), 1)
    last = [max(_width(p.label, sheet.phone.plain), _width(p.value_label, sheet.phone.loud)) for p in points[-1:]]
    return min(room / years, (room - sum(last) / 2) / (years - 0.5))


def _from_first_to_last(points: Sequence[Point]) -> Sequence[Point]:
    """`points` without the years before the first value and after the last."""
    places = [place for place, point in enumerate(points) if point.value is not None]
    return points[places[0] : places[-1] + 1] if places else []


def _line(series: Series, place: Callable[[Point, Number], tuple[int, int]], last_year: int) -> Line:
    runs: list[list[tuple[int, int]]] = [[]]
    for point in series.points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(place(point, point.value))
    newest = series.points[-1]
    dots = (*(run[0] for run in runs[:-1] if len(run) == 1), runs[-1][-1])
    return Line(
        name=series.name,
        value_label=newest.value_label,
        context=series.context,
        d="".join("M" + "L".join(f"{x} {y}" for x, y in run) for run in runs if len(run) > 1),
        dots=dots,
        label_y=dots[-1][1],
        until=_until(series, last_year),
    )


def _until(series: Series, last_year: int) -> str:
    newest = series.points[-1]
    return f"（{newest.sub_label}）" if newest.year < last_year else ""


def _vertical(values: Sequence[Number], top: int, bottom: int) -> tuple[Callable[[Number], int], int]:
    """What says how high a value stands between `top` and `bottom`, where zero always is; and how high zero stands."""
    highest, lowest = max([*values, 0]), min([*values, 0])
    span = highest - lowest

    def y_of(value: Number) -> int:
        return round(top + (bottom - top) * (highest - value) / span) if span else bottom

    return y_of, y_of(0)


def _grid(values: Sequence[Number]) -> list[Number]:
    """Round values, zero left out, for two or more lines: 500 and 1,000 for a chart that reaches 1,189."""
    reach = max([abs(Decimal(value)) for value in values], default=Decimal(0))
    if not reach:
        return []
    power = reach.adjusted()
    step = max(
        step
        for mantissa in (1, 2, 5)
        for exponent in (power - 1, power)
        if (step := mantissa * Decimal(10) ** exponent) * 2 <= reach
    )
    low, high = ceil(min([*values, 0]) / step), floor(max([*values, 0]) / step)
    return [_plain(step * times) for times in range(low, high + 1) if times]


def _plain(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else number


def _differences(
    points: Sequence[Point],
    bars: Sequence[Bar | None],
    slot: float,
    sheet: _Sheet,
    difference_label: Callable[[Number], str],
) -> Iterable[Difference]:
    """What stands halfway between the bars of two years that follow each other, where there is room."""
    for (before, _), (point, bar) in pairwise(zip(points, bars, strict=True)):
        if before.value is None or point.value is None or bar is None or before.value == point.value:
            continue
        text = difference_label(point.value - before.value)
        fits_desk, fits_phone = (
            _width(text, letters.quiet) + 2 * SPACE
            <= slot - max(bar.width, (_width(before.value_label + point.value_label, letters.plain)) / 2)
            for letters in (sheet.desk, sheet.phone)
        )
        if fits_desk:
            yield Difference(round(bar.middle - slot / 2), bar.label_y, bar.hangs, text, not fits_phone)


def _years(points: Sequence[Point], middles: Sequence[int], slot: float, sheet: _Sheet) -> Iterable[Year]:
    labels = _thinned([point.label for point in points], slot, sheet.desk.plain, sheet.phone.plain)
    sub_labels = _thinned([point.sub_label for point in points], slot, sheet.desk.quiet, sheet.phone.quiet)
    for point, middle, label, sub_label in zip(points, middles, labels, sub_labels, strict=True):
        (shown, spare), (sub_shown, sub_spare) = label, sub_label
        yield Year(middle, point.label if shown else "", spare, point.sub_label if sub_shown else "", sub_spare)


def _axis(labels: Mapping[int, str], left: int, right: int, sheet: _Sheet) -> Iterable[Year]:
    """The years that a line's axis names: the first, the last, and round ones between where the letters do not meet."""
    if not labels:
        return
    first, last = min(labels), max(labels)
    a_year = (right - left) / max(last - first, 1)
    widest = max(_width(label, 1) for label in labels.values())

    def room(letters: float) -> float:
        return (widest * letters + SPACE) / a_year  # in years

    def named(step: int, room: float) -> set[int]:
        between = range(first - first % -step, last, step)
        return {first, last, *(year for year in between if min(year - first, last - year) >= room)}

    # A phone leaves some out of those on a desk, and has none of its own between them.
    on_desk = next((step for step in (1, 2, 5, 10, 20, 50) if step >= room(sheet.desk.quiet)), 100)
    on_phone = max(ceil(room(sheet.phone.quiet) / on_desk), 1) * on_desk
    shown_on_phone = named(on_phone, room(sheet.phone.quiet))
    for year in sorted(named(on_desk, room(sheet.desk.quiet))):
        x = round(left + (year - first) * a_year)
        yield Year(x, "", False, labels.get(year, str(year)), year not in shown_on_phone)


def _thinned(texts: Sequence[str], slot: float, desk: float, phone: float) -> list[tuple[bool, bool]]:
    """For each of a row of texts, one a slot: is it shown at all, and is it too many on a phone? The ends never are."""
    widest = max([_width(text, 1) for text in texts], default=0)
    every = max(ceil((widest * desk + SPACE) / slot), 1)
    every_on_phone = ceil(max((widest * phone + SPACE) / slot, 1) / every) * every
    here, on_phone = _every(len(texts), every), _every(len(texts), every_on_phone)
    return [(place in here or place in on_phone, place not in on_phone) for place in range(len(texts))]


def _every(count: int, every: int) -> set[int]:
    """Of `count` places each `every`th from the last, and the first, which takes the place of one too near to it."""
    places = {place for place in range(count - 1, -1, -every) if place >= every}
    return places | ({0, count - 1} if count > every or count == 1 else {count - 1} if count else set())


def _apart(lines: Sequence[Line], distance: float, top: int, bottom: int) -> list[Line]:
    """The lines, the names at their ends moved up and down until none meet."""
    order = sorted(range(len(lines)), key=lambda place: lines[place].label_y)
    heights: list[float] = []
    for place in order:
        heights.append(max(lines[place].label_y, heights[-1] + distance if heights else top))
    for above in range(len(heights)):
        heights[-1 - above] = min(heights[-1 - above], bottom - above * distance)
    apart = list(lines)
    for place, height in zip(order, heights, strict=True):
        apart[place] = replace(lines[place], label_y=round(height))
    return apart


def _width(text: str, letters: float) -> float:
    """About how wide a text is drawn: a Japanese character as wide as it is high, a figure somewhat over half."""
    return letters * sum(1.0 if east_asian_width(character) in "FWA" else 0.58 for character in text)
