"""Bars over the years, each with its value; a year without one is a gap."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from sumairu.lib.charts.points import Number, Point, from_first_to_last, signed
from sumairu.lib.charts.sheets import NARROW, SMALL, SPACE, WIDE, Sheet, Year, vertical, width_of

HEAD = 34  # above the highest bar, for its value
FOOT = 46  # under the plot, for the years
AXIS = 22  # left of the plot, for the zero
BELOW = 1.4  # lines under the lowest bar, for its value, where it is negative
BAR_OF_SLOT = 0.62


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


def bar_chart(
    points: Sequence[Point],
    wide: bool = False,
    difference_label: Callable[[Number], str] = signed,
    small: bool = False,
) -> BarChart:
    """Bars for `points`, one for each year without omission; a wide chart also states the differences between them."""
    sheet = WIDE if wide else SMALL if small else NARROW
    points = from_first_to_last(points)
    values = [point.value for point in points if point.value is not None]
    foot = sheet.height - FOOT
    below = round(BELOW * sheet.phone.loud) if values and min(values) < 0 else 0
    y_of, zero = vertical(values, HEAD, foot - below)
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


def _slot(points: Sequence[Point], sheet: Sheet) -> float:
    """The width of one year, so that what stands over and under the last one ends on the sheet."""
    room, years = sheet.width - AXIS, max(len(points), 1)
    last = [max(width_of(p.label, sheet.phone.plain), width_of(p.value_label, sheet.phone.loud)) for p in points[-1:]]
    return min(room / years, (room - sum(last) / 2) / (years - 0.5))


def _differences(
    points: Sequence[Point],
    bars: Sequence[Bar | None],
    slot: float,
    sheet: Sheet,
    difference_label: Callable[[Number], str],
) -> Iterable[Difference]:
    """What stands halfway between the bars of two years that follow each other, where there is room."""
    for (before, _), (point, bar) in pairwise(zip(points, bars, strict=True)):
        if before.value is None or point.value is None or bar is None or before.value == point.value:
            continue
        text = difference_label(point.value - before.value)
        fits_desk, fits_phone = (
            width_of(text, letters.quiet) + 2 * SPACE
            <= slot - max(bar.width, (width_of(before.value_label + point.value_label, letters.plain)) / 2)
            for letters in (sheet.desk, sheet.phone)
        )
        if fits_desk:
            yield Difference(round(bar.middle - slot / 2), bar.label_y, bar.hangs, text, not fits_phone)


def _years(points: Sequence[Point], middles: Sequence[int], slot: float, sheet: Sheet) -> Iterable[Year]:
    labels = _thinned([point.label for point in points], slot, sheet.desk.plain, sheet.phone.plain)
    sub_labels = _thinned([point.sub_label for point in points], slot, sheet.desk.quiet, sheet.phone.quiet)
    for point, middle, label, sub_label in zip(points, middles, labels, sub_labels, strict=True):
        (shown, spare), (sub_shown, sub_spare) = label, sub_label
        yield Year(middle, point.label if shown else "", spare, point.sub_label if sub_shown else "", sub_spare)


def _thinned(texts: Sequence[str], slot: float, desk: float, phone: float) -> list[tuple[bool, bool]]:
    """For each of a row of texts, one a slot: is it shown at all, and is it too many on a phone? The ends never are."""
    widest = max([width_of(text, 1) for text in texts], default=0)
    every = max(ceil((widest * desk + SPACE) / slot), 1)
    every_on_phone = ceil(max((widest * phone + SPACE) / slot, 1) / every) * every
    here, on_phone = _every(len(texts), every), _every(len(texts), every_on_phone)
    return [(place in here or place in on_phone, place not in on_phone) for place in range(len(texts))]


def _every(count: int, every: int) -> set[int]:
    """Of `count` places each `every`th from the last, and the first, which takes the place of one too near to it."""
    places = {place for place in range(count - 1, -1, -every) if place >= every}
    return places | ({0, count - 1} if count > every or count == 1 else {count - 1} if count else set())
