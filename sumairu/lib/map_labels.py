"""Where a map writes the names of its areas.

The map is cut into cells, each of one area, of other land, or of the sea; a name is a box of cells. It goes where the
box covers most of its own area and least of others', and never touches another name; it may reach into larger areas
alone, so that all can be drawn above what they reach into. An area with no such place gets no name on the map: a list
beside it has them all.

>>> town = [(0.0, 0.0), (100.0, 0.0), (100.0, 40.0), (0.0, 40.0)]
>>> place_labels({"a": [town]}, {"a": "根室市"}, letters=16)
{'a': Label(text='根室市', x=48, y=24, at_sea=False, over=frozenset())}
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, dist, inf

Point = tuple[float, float]
Ring = Sequence[Point]
Cell = tuple[int, int]
Box = list[Cell]

NO_EDGE = inf, inf  # of a map that ends nowhere

CELLS_PER_LETTER = 4
LEADING = 1  # cells kept free above or below a name
BASE_LINE = 0.38  # of a letter below its middle

# Worth of a box: what of it covers its own area, less what covers others', less how far it is from its area's middle.
OTHERS_COST = 1.5
DISTANCE_COST = 0.015  # per cell
LEAST_WORTH = -0.1


@dataclass(frozen=True)
class Label:
    """A name, the middle of its base line, whether most of it lies in the sea, and which other areas it reaches into."""

    text: str
    x: int
    y: int
    at_sea: bool
    over: frozenset[str] = frozenset()


def place_labels(
    areas: Mapping[str, Sequence[Ring]],
    names: Mapping[str, str],
    letters: float,
    other_land: Sequence[Ring] = (),
    within: Point | None = None,
) -> dict[str, Label]:
    """Labels, by key, of those `areas` that have a name and room for it.

    `letters` is the height of a letter, as wide as it is high; `within` is where the map ends to the right and below.
    """
    size = letters / CELLS_PER_LETTER
    edge = (within[0] / size, within[1] / size) if within else NO_EDGE
    own = {key: set(_cells(rings, size)) for key, rings in areas.items()}
    land = set(_cells(other_land, size, edge)).union(*own.values())
    labels = {}
    taken: set[Cell] = set()
    # Small areas have the least choice and choose first.
    for key in sorted((key for key in names if own.get(key)), key=lambda key: (len(own[key]), key)):
        box_size = CELLS_PER_LETTER * len(names[key]), CELLS_PER_LETTER + LEADING
        corners = _corners(own[key], box_size, edge)
        if box := _best(corners, box_size, own[key], land, taken):
            taken.update(box)
            x, y = _middle(box)
            labels[key] = Label(
                text=names[key],
                x=round(x * size),
                y=round(y * size + letters * BASE_LINE),
                at_sea=len(land.intersection(box)) * 2 < len(box),
                over=frozenset(other for other, cells in own.items() if other != key and not cells.isdisjoint(box)),
            )
        taken |= own[key]
    return labels


def _corners(own: set[Cell], box_size: Cell, edge: Point) -> Iterator[Cell]:
    """The upper left corners of every box on the map that lies on or right beside the area."""
    (width, height), (columns, rows) = box_size, zip(*own, strict=True)
    for left in range(min(columns) - width, max(columns) + 2):
        for top in range(min(rows) - height, max(rows) + 2):
            if edge == NO_EDGE or (left >= 0 and top >= 0 and left + width <= edge[0] and top + height <= edge[1]):
                yield left, top


def _best(corners: Iterable[Cell], box_size: Cell, own: set[Cell], land: set[Cell], taken: set[Cell]) -> Box | None:
    """The box that is worth most; None where none is worth enough."""
    width, height = box_size
    best, highest = None, LEAST_WORTH
    middle = _middle(own)
    from_middle = ((dist((left + width / 2, top + height / 2), middle), left, top) for left, top in corners)
    for distance, left, top in sorted(from_middle):
        if 1 - DISTANCE_COST * distance <= highest:
            break  # whatever they cover, boxes farther away are worth no more
        box = [(column, row) for column in range(left, left + width) for row in range(top, top + height)]
        on_own = len(own.intersection(box))
        on_others = len(land.intersection(box)) - on_own
        worth = (on_own - OTHERS_COST * on_others) / len(box) - DISTANCE_COST * distance
        if worth > highest and taken.isdisjoint(box):
            best, highest = box, worth
    return best


def _middle(cells: Collection[Cell]) -> Point:
    columns, rows = zip(*cells, strict=True)
    return sum(columns) / len(cells) + 0.5, sum(rows) / len(cells) + 0.5


def _cells(rings: Sequence[Ring], size: float, edge: Point = NO_EDGE) -> Iterator[Cell]:
    """The cells whose middles lie inside the rings, row by row, by the even-odd rule; with an `edge`, of the map alone."""
    least = -inf if edge == NO_EDGE else 0
    crossings: dict[int, list[float]] = {}
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            for row in _between(min(y1, y2) / size, max(y1, y2) / size, least, edge[1]):
                y = (row + 0.5) * size
                crossings.setdefault(row, []).append(x1 + (y - y1) / (y2 - y1) * (x2 - x1))
    for row, xs in crossings.items():
        xs.sort()
        for enter, leave in zip(xs[::2], xs[1::2], strict=True):
            for column in _between(enter / size, leave / size, least, edge[0]):
                yield column, row


def _between(start: float, end: float, least: float, most: float) -> range:
    """The cells whose middles lie from `start` to `end`, of those from `least` to `most`."""
    return range(ceil(max(start, least) - 0.5), ceil(min(end, most) - 0.5))
