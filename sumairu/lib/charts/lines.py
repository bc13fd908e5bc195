"""Lines over the same years, each with its name and its newest value at its end."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil, floor

from sumairu.lib.charts.points import Number, Point, Series, from_first_to_last
from sumairu.lib.charts.sheets import NARROW, SMALL, SPACE, WIDE, Sheet, Year, vertical, width_of


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


def line_chart(
    series: Sequence[Series],
    wide: bool = False,
    tick_label: Callable[[Number], str] = "{:,}".format,
    small: bool = False,
) -> LineChart:
    """Lines over the same years, each with its name and newest value at its end, from a zero line."""
    sheet = WIDE if wide else SMALL if small else NARROW
    letters = sheet.phone
    series = [Series(line.name, from_first_to_last(line.points), line.context) for line in series]
    points = [point for line in series for point in line.points]
    values = [point.value for point in points if point.value is not None]
    steps = _grid(values)
    head, foot = 30, sheet.height - 30
    left = round(max([width_of(tick_label(step), letters.quiet) for step in steps], default=0) + 12)
    years = [point.year for point in points]
    first, last = min(years, default=0), max(years, default=0)
    ends = [line.name + " " + line.points[-1].value_label + _until(line, last) for line in series if line.points]
    right = round(sheet.width - 12 - max([width_of(end, letters.plain) for end in ends], default=0))
    y_of, zero = vertical(values, head, foot)

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


def _axis(labels: Mapping[int, str], left: int, right: int, sheet: Sheet) -> Iterable[Year]:
    """The years that a line's axis names: the first, the last, and round ones between where the letters do not meet."""
    if not labels:
        return
    first, last = min(labels), max(labels)
    a_year = (right - left) / max(last - first, 1)
    widest = max(width_of(label, 1) for label in labels.values())

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
