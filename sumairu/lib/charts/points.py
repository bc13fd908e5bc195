"""What a chart is drawn of: years with their figures, and lines of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

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


def from_first_to_last(points: Sequence[Point]) -> Sequence[Point]:
    """`points` without the years before the first value and after the last."""
    places = [place for place, point in enumerate(points) if point.value is not None]
    return points[places[0] : places[-1] + 1] if places else []
