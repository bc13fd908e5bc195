"""A number of each municipality as a map: as many shades as there are steps, and hatched where nothing is known."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from regions.maps import office_borders, towns_map
from regions.models import Municipality
from sumairu.lib.map_steps import steps_of
from sumairu.lib.maps import Shape
from sumairu.lib.shown import Column, Shown

NONE, UNKNOWN, OUTSIDE = "none", "unknown", "outside"
NOT_RECORDED = "記録なし"


@dataclass(frozen=True)
class DrawnTown:
    """`step` says how it is drawn; `words` are 「釧路市 120万円」, empty for what is not asked about."""

    shape: Shape
    step: str
    words: str


@dataclass(frozen=True)
class TownMap:
    """`legend` says of each step that is drawn what it means, and of how many towns; `rows` each town with its value.

    `values` are the numbers themselves, by primary key, counted in `unit`.
    """

    title: str
    view_box: str
    borders: str  # between the offices
    towns: list[DrawnTown]
    legend: list[tuple[str, str, int]]
    rows: list[tuple[Municipality, str]]
    values: Mapping[int, int] = field(default_factory=dict)
    unit: str = ""

    def shown(self, slug, whose=""):
        """The map as a table to take away."""
        columns = [
            Column("municipality_code", "全国地方公共団体コード"),
            Column("municipality", "市町村"),
            Column("subprefecture", "振興局"),
            Column("value", self.title, self.unit, "integer"),
        ]
        return Shown(
            f"{self.title}　{whose}".strip(),
            columns,
            lambda: [
                [town.code, town.name, town.subprefecture.name, self.values.get(town.pk)] for town, _ in self.rows
            ],
            slug=slug,
            notes=["色を塗った市町村の値です。空欄は、記録がないことを示します。"],
        )

    @property
    def description(self):
        return f"{self.title}。" + "、".join(f"{label} {count}市町村" for _, label, count in self.legend)


def town_map(title, values, say, about, office=None, nothing="0", unit=""):
    """The map of `values`, of municipalities by primary key; those that have none are not known, and not 0.

    `say` puts a value in words, `about` the ends of a step, `nothing` what 0 means. Of the municipalities of one
    `office` alone, or of all.
    """
    bounds = steps_of(value for value in values.values() if value)
    governed = list(Municipality.objects.governed().select_related("subprefecture"))
    asked = [town for town in governed if office is None or town.subprefecture_id == office.pk]
    steps = {town.code5: _step(values.get(town.pk), bounds) for town in asked}
    words = {town.code5: say(values[town.pk]) if town.pk in values else NOT_RECORDED for town in asked}
    found = Counter(steps.values())
    labels = [(str(n), "から".join(dict.fromkeys(map(about, ends)))) for n, ends in enumerate(bounds, start=1)]
    told = (*labels, (NONE, nothing), (UNKNOWN, NOT_RECORDED))
    legend = [(step, label, found[step]) for step, label in told if found[step]]
    return shaded(title, governed, steps, words, legend, values=values, unit=unit)


def shaded(title, towns, steps, words, legend, **numbers):
    """All of `towns` on the map in their order, each a link; `steps` and `words` are by five-digit code."""
    drawing = towns_map((town.code5, town.name) for town in towns)
    shapes = drawing.linked({town.code5: town.get_absolute_url() for town in towns}).shapes
    return TownMap(
        title=title,
        view_box=drawing.view_box,
        borders=office_borders(),
        towns=[_drawn(shape, steps, words) for shape in shapes],
        legend=legend,
        rows=[(town, words[town.code5]) for town in towns if town.code5 in words],
        **numbers,
    )


def _step(value, bounds):
    if value is None:
        return UNKNOWN
    return next((str(n) for n, (low, high) in enumerate(bounds, start=1) if low <= value <= high), NONE)


def _drawn(shape, steps, words):
    told = f"{shape.name} {words[shape.key]}" if shape.key in words else ""
    return DrawnTown(shape, steps.get(shape.key, OUTSIDE), told)
