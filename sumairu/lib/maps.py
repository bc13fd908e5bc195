"""Maps as SVG geometry, from boundaries in TopoJSON (arcs in quantised steps, each shared by the areas it divides).

Boundaries are read once, projected to kilometres and drawn in whole units of a view box: neighbours meet to the unit,
and all fourteen subprefectures take nine kilobytes. Nothing here knows a database or a page; a view adds the addresses
of what it links to with `MapView.linked`.

>>> [round(km) for km in project(143.2, 43.5)], [round(km) for km in project(144.2, 44.5)]
([0, 0], [79, -112])
>>> path([[(0.0, 0.0), (10.2, 0.0), (10.4, 5.0), (0.0, 5.0)]])
'M0 0l10 0 0 5-10 0z'
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import cos, inf, radians, sin, sqrt
from pathlib import Path
from typing import Any

from sumairu.lib.map_labels import Label, place_labels

Point = tuple[float, float]
Ring = Sequence[Point]
Names = tuple[tuple[str, str], ...]  # the key of each area to draw, and what it is called there

EARTH_RADIUS = 6371.0  # km
PARALLELS = radians(42), radians(45)  # between which Hokkaido lies: there the cone cuts the globe
ORIGIN = radians(143.2), radians(43.5)

# Where the names of the islands of the northern territories begin (longitude, latitude): beside each, at sea.
ISLANDS = (("択捉島", 147.95, 44.80), ("国後島", 146.30, 44.02), ("色丹島", 146.94, 43.66), ("歯舞群島", 146.40, 43.38))
# 色丹村, 泊村, 留夜別村, 留別村, 紗那村, 蘂取村: without an office, named on a map by their islands.
NORTHERN_VILLAGES = frozenset(f"0{code}" for code in range(1695, 1701))
FAR_EAST = 145.35  # whole islands east of this longitude move to the inset where a screen is narrow

HOKKAIDO_WIDTH = 1000
HOKKAIDO_LETTERS = 22  # as large as the style sheet sets names on a phone
INSET = "M655-12H1012V345H700L655 300z"  # frame of the far islands, before the style sheet moves both

NEAR_WIDTH, NEAR_HEIGHT, NEAR_HEIGHT_CROWDED = 420, 520, 640
NEAR_LETTERS = 16
CROWDED = 1 / 3  # of the names that have no room on their own area
NEAR_MARGIN = 10
NEAR_INSET_WIDTH, NEAR_INSET_TOP = 186, 108  # of the far islands: where the sea lies, below the cape of 羅臼町
NEAR_INSET_LETTERS = 14


@dataclass(frozen=True)
class Area:
    """One subprefecture or municipality: its rings in kilometres, x to the east and y to the south."""

    key: str
    subprefecture: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, eq=False)
class Boundaries:
    """All areas of one file. Compared by identity, so that what is drawn from them can be cached."""

    areas: Mapping[str, Area]


@dataclass(frozen=True)
class Shape:
    """What is drawn of an area: its path, the path of its far islands, and its name where there is room for it."""

    key: str
    name: str
    d: str
    far: str = ""
    label: Label | None = None
    url: str = ""


@dataclass(frozen=True)
class Island:
    name: str
    x: int
    y: int


@dataclass(frozen=True)
class MapView:
    view_box: str
    shapes: tuple[Shape, ...]
    islands: tuple[Island, ...] = ()
    backdrop: str = ""
    inset: str = ""

    def linked(self, urls: Mapping[str, str]) -> "MapView":
        """The same map with the addresses in `urls`, by key; shapes that have none are drawn without a link."""
        return replace(self, shapes=tuple(replace(shape, url=urls.get(shape.key, "")) for shape in self.shapes))


@cache
def read_boundaries(file: Path) -> Boundaries:
    return Boundaries(load_areas(json.loads(file.read_bytes())))


def load_areas(topojson: Mapping[str, Any]) -> dict[str, Area]:
    """Areas by key: `code5` of municipalities; `sub`, the slug, of subprefectures."""
    arcs = [[project(*point) for point in arc] for arc in _decoded_arcs(topojson)]
    areas = {}
    for geometry in topojson["objects"]["boundaries"]["geometries"]:
        properties = geometry["properties"]
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = tuple(_joined(arcs, ring) for polygon in polygons for ring in polygon)
        key = properties.get("code5", properties["sub"])
        areas[key] = Area(key, properties["sub"], rings)
    return areas


def project(longitude: float, latitude: float) -> Point:
    """Kilometres east and south of the origin, in Albers' equal-area conic projection on a sphere."""
    south, north = PARALLELS
    n = (sin(south) + sin(north)) / 2
    c = cos(south) ** 2 + 2 * n * sin(south)
    rho, rho_at_origin = (sqrt(c - 2 * n * sin(phi)) / n for phi in (radians(latitude), ORIGIN[1]))
    theta = n * (radians(longitude) - ORIGIN[0])
    return EARTH_RADIUS * rho * sin(theta), EARTH_RADIUS * (rho * cos(theta) - rho_at_origin)


def path(rings: Iterable[Ring]) -> str:
    """SVG path data in whole units and relative steps; a ring that is no area at that size is left out."""
    return "".join(_ring_path(ring) for ring in rings)


def outline(areas: Iterable[Area]) -> list[Ring]:
    """The rings around `areas` taken as one, the largest first: borders that two of them share fall away."""
    following: dict[Point, list[Point]] = defaultdict(list)
    for area in areas:
        for ring in area.rings:
            for here, there in _edges(ring):
                if here in following[there]:
                    following[there].remove(here)
                else:
                    following[here].append(there)
    rings: list[Ring] = []
    for start, ends in following.items():
        while ends:
            ring = [start]
            while (onward := following[ring[-1]].pop()) != start:
                ring.append(onward)
            rings.append(ring)
    return sorted(rings, key=lambda ring: -abs(_signed_area(ring)))


def silhouette(boundaries: Boundaries, width: int) -> tuple[int, str]:
    """The main island as one path `width` units wide, and its height: the portal's mark, as drawn in static/icons.svg."""
    main_island = outline(boundaries.areas.values())[0]
    left, top, right, bottom = _bounds([main_island])
    view = _Scale(left, top, width / (right - left))
    return round((bottom - top) * view.scale), path([view.ring(main_island)])


@cache
def hokkaido_map(boundaries: Boundaries, names: Names) -> MapView:
    """The subprefectures, each with its name on it; the northern territories also as paths of their own."""
    return _hokkaido(boundaries, names, HOKKAIDO_LETTERS)


@cache
def towns_map(boundaries: Boundaries, names: Names) -> MapView:
    """All Hokkaido in its municipalities, too many and too small for names: each is told by the table beside the map."""
    return _hokkaido(boundaries, names)


def _hokkaido(boundaries: Boundaries, names: Names, letters: int = 0) -> MapView:
    """With names on the areas where `letters` says how large."""
    areas = [boundaries.areas[key] for key, _ in names if key in boundaries.areas]
    left, top, right, bottom = _bounds(ring for area in areas for ring in area.rings)
    view = _Scale(left, top, HOKKAIDO_WIDTH / (right - left))
    far_east = view.point(project(FAR_EAST, 43.5))[0]
    called = dict(names)
    rings = {area.key: [view.ring(ring) for ring in area.rings] for area in areas}
    far = {key: [ring for ring in all_ if min(x for x, _ in ring) > far_east] for key, all_ in rings.items()}
    near = {key: [ring for ring in all_ if ring not in far[key]] for key, all_ in rings.items()}
    labels = place_labels(near, called, letters) if letters else {}
    return MapView(
        view_box=f"0 0 {HOKKAIDO_WIDTH} {round((bottom - top) * view.scale)}",
        shapes=_in_drawing_order(
            Shape(area.key, called[area.key], path(near[area.key]), path(far[area.key]), labels.get(area.key))
            for area in areas
        ),
        islands=_islands(view) if any(far.values()) else (),
        inset=INSET,
    )


@cache
def neighbourhood_map(boundaries: Boundaries, names: Names) -> MapView:
    """The municipalities `names`, of one subprefecture, before the land around; names only where they fit.

    Where they crowd, the map is higher and writes 真狩 for 真狩村, unless two would be called the same (釧路市, 釧路町).
    """
    view = _neighbourhood(boundaries, names, dict(names), NEAR_HEIGHT)
    without_kind = {key: name[:-1] for key, name in names}
    if _is_crowded(view) and len(set(without_kind.values())) == len(without_kind):
        return _neighbourhood(boundaries, names, without_kind, NEAR_HEIGHT_CROWDED)
    return view


def _is_crowded(view: MapView) -> bool:
    towns = [shape for shape in view.shapes if shape.key not in NORTHERN_VILLAGES]
    return sum(not shape.label or bool(shape.label.over) for shape in towns) > CROWDED * len(towns)


def _neighbourhood(boundaries: Boundaries, names: Names, written: Mapping[str, str], most_high: int) -> MapView:
    """Of 根室 four fifths are sea and the islands beyond it: they stand small in an inset, and the mainland's towns large."""
    areas = [boundaries.areas[key] for key, _ in names if key in boundaries.areas]
    called = dict(names)
    far_east = project(FAR_EAST, 43.5)[0] if NORTHERN_VILLAGES & called.keys() else inf
    near = {area.key: [ring for ring in area.rings if _bounds([ring])[0] <= far_east] for area in areas}
    far = {area.key: [ring for ring in area.rings if _bounds([ring])[0] > far_east] for area in areas}
    left, top, right, bottom = _bounds(ring for rings in near.values() for ring in rings)
    scale = min((NEAR_WIDTH - 2 * NEAR_MARGIN) / (right - left), (most_high - 2 * NEAR_MARGIN) / (bottom - top))
    height = round((bottom - top) * scale) + 2 * NEAR_MARGIN
    indent = NEAR_MARGIN / scale if any(far.values()) else (NEAR_WIDTH / scale - (right - left)) / 2
    view = _Scale(left - indent, top - NEAR_MARGIN / scale, scale)
    rings = {key: [view.ring(ring) for ring in each] for key, each in near.items()}
    around = outline(area for key, area in boundaries.areas.items() if key not in called)
    backdrop = [ring for ring in map(view.ring, around) if _meets(ring, NEAR_WIDTH, height)]
    inset = _Inset.of(ring for each in far.values() for ring in each) if any(far.values()) else None
    named = {key: name for key, name in written.items() if key not in NORTHERN_VILLAGES}
    taken = [*backdrop, inset.frame] if inset else backdrop
    labels = place_labels(rings, named, NEAR_LETTERS, taken, (NEAR_WIDTH, height))
    drawn = {key: each + [inset.view.ring(ring) for ring in far[key]] if inset else each for key, each in rings.items()}
    return MapView(
        view_box=f"0 0 {NEAR_WIDTH} {height}",
        shapes=_in_drawing_order(
            Shape(area.key, called[area.key], path(drawn[area.key]), label=labels.get(area.key)) for area in areas
        ),
        islands=_islands(inset.view) if inset else (),
        backdrop=path(backdrop),
        inset=path([inset.frame]) if inset else "",
    )


@dataclass(frozen=True)
class _Scale:
    """From kilometres to units of a view box whose corner lies at `left`, `top`."""

    left: float
    top: float
    scale: float

    def point(self, point: Point) -> Point:
        return (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale

    def ring(self, ring: Ring) -> Ring:
        return [self.point(point) for point in ring]


@dataclass(frozen=True)
class _Inset:
    """Where far islands stand on a map of their neighbourhood, smaller than the rest, and the frame around them."""

    view: _Scale
    frame: Ring

    @classmethod
    def of(cls, islands: Iterable[Ring]) -> "_Inset":
        left, top, right, bottom = _bounds(islands)
        scale = (NEAR_INSET_WIDTH - 2 * NEAR_MARGIN) / (right - left)
        edge, end, head = NEAR_WIDTH - NEAR_INSET_WIDTH, NEAR_WIDTH - 1, NEAR_INSET_TOP
        foot = head + (bottom - top) * scale + 2 * NEAR_MARGIN + NEAR_INSET_LETTERS
        view = _Scale(left - (edge + NEAR_MARGIN) / scale, top - (head + NEAR_MARGIN) / scale, scale)
        return cls(view, [(edge, head), (end, head), (end, foot), (edge, foot)])


def _in_drawing_order(shapes: Iterable[Shape]) -> tuple[Shape, ...]:
    """What is drawn later lies above: an area follows those that its name reaches into, else the given order stays."""
    waiting = {shape.key: shape for shape in shapes}
    drawn = []
    while waiting:
        shape = min(waiting.values(), key=lambda shape: len(shape.label.over & waiting.keys()) if shape.label else 0)
        drawn.append(waiting.pop(shape.key))
    return tuple(drawn)


def _islands(view: _Scale) -> tuple[Island, ...]:
    places = ((name, view.point(project(longitude, latitude))) for name, longitude, latitude in ISLANDS)
    return tuple(Island(name, round(x), round(y)) for name, (x, y) in places)


def _decoded_arcs(topojson: Mapping[str, Any]) -> Iterator[list[Point]]:
    (x_step, y_step), (x_zero, y_zero) = topojson["transform"]["scale"], topojson["transform"]["translate"]
    for arc in topojson["arcs"]:
        x = y = 0
        points = []
        for x_by, y_by in arc:
            x, y = x + x_by, y + y_by
            points.append((x * x_step + x_zero, y * y_step + y_zero))
        yield points


def _joined(arcs: Sequence[Ring], numbers: Iterable[int]) -> Ring:
    """A ring from its arcs; ~n is arc n backwards, and each arc ends where the next begins."""
    return tuple(point for n in numbers for point in (arcs[n] if n >= 0 else arcs[~n][::-1])[:-1])


def _edges(ring: Ring) -> Iterator[tuple[Point, Point]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _signed_area(ring: Ring) -> float:
    return sum(x * y_next - x_next * y for (x, y), (x_next, y_next) in _edges(ring)) / 2


def _bounds(rings: Iterable[Ring]) -> tuple[float, float, float, float]:
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _meets(ring: Ring, width: float, height: float) -> bool:
    left, top, right, bottom = _bounds([ring])
    return right > 0 and left < width and bottom > 0 and top < height


def _ring_path(ring: Ring) -> str:
    points: list[tuple[int, int]] = []
    for x, y in ring:
        if (point := (round(x), round(y))) not in points[-1:]:
            points.append(point)
    if _signed_area(points) == 0:
        return ""
    (x, y), *rest = points
    steps = []
    for x_next, y_next in rest:
        steps += [x_next - x, y_next - y]
        x, y = x_next, y_next
    return f"M{points[0][0]} {points[0][1]}l{' '.join(map(str, steps))}z".replace(" -", "-")
