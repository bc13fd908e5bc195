import csv
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.maps import (
    NORTHERN_VILLAGES,
    Boundaries,
    hokkaido_map,
    load_areas,
    neighbourhood_map,
    outline,
    path,
    project,
    read_boundaries,
    silhouette,
)
from tests.exhaustive import sample

FACTS = Path(__file__).parents[2] / "fixtures" / "facts"
SUBPREFECTURES = read_boundaries(FACTS / "subprefecture_boundaries.topojson")
MUNICIPALITIES = read_boundaries(FACTS / "municipality_boundaries.topojson")

with (FACTS / "subprefectures.csv").open() as rows:
    SHORT_NAMES = tuple((row["slug"], row["short_name"]) for row in csv.DictReader(rows))
with (FACTS / "municipalities.csv").open() as rows:
    TOWNS = list(csv.DictReader(rows))


def towns_of(slug):
    return tuple((town["code5"], town["name"]) for town in TOWNS if town["subprefecture_slug"] == slug)


def area_of(ring):
    shifted = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x * y_next - x_next * y for (x, y), (x_next, y_next) in shifted) / 2


def points_of(d):
    """The points of a path, ring by ring, as a browser reads them."""
    rings = []
    for ring in re.findall(r"M[^z]+z", d):
        x, y, *steps = map(int, re.findall(r"-?\d+", ring))
        points = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        rings.append(points)
    return rings


@pytest.mark.parametrize(
    ("boundaries", "count"), [(SUBPREFECTURES, 14), (MUNICIPALITIES, 185)], ids=["offices", "towns"]
)
def test_every_area_is_read_under_its_key(boundaries, count):
    assert len(boundaries.areas) == count
    assert all(key == area.key and area.rings for key, area in boundaries.areas.items())


def test_subprefectures_have_the_area_that_official_tables_state():
    stated = {
        slug: sum(float(t["area_km2"] or 0) for t in TOWNS if t["subprefecture_slug"] == slug)
        for slug, _ in SHORT_NAMES
    }
    stated["nemuro"] += 5003  # 国土地理院 counts the six villages apart: 歯舞群島 without, rounded
    drawn = {slug: abs(sum(map(area_of, SUBPREFECTURES.areas[slug].rings))) for slug in stated}
    assert drawn == pytest.approx(stated, rel=0.03)


def test_north_is_up_and_east_is_right():
    x, y = project(144.0, 44.0)
    assert x > 0 > y


@given(
    st.lists(st.lists(st.tuples(st.integers(-999, 999), st.integers(-999, 999)), min_size=3, max_size=9), max_size=3)
)
def test_a_path_says_where_its_points_are(rings):
    without_repeats = [[p for p, before in zip(ring, [None, *ring], strict=False) if p != before] for ring in rings]
    assert points_of(path(rings)) == [ring for ring in without_repeats if area_of(ring)]


@pytest.mark.parametrize(
    "ring", [[(0.1, 0.2), (0.4, 0.1), (0.2, 0.4)], [(0, 0), (5, 0), (9, 0)]], ids=["point", "line"]
)
def test_a_ring_that_is_no_area_is_not_drawn(ring):
    assert path([ring]) == ""


def test_neighbours_share_their_border_to_the_unit():
    shapes = {shape.key: shape for shape in hokkaido_map(SUBPREFECTURES, SHORT_NAMES).shapes}
    kushiro, tokachi = (
        {point for ring in points_of(shapes[key].d) for point in ring} for key in ("kushiro", "tokachi")
    )
    assert len(kushiro & tokachi) > 10


def test_an_outline_is_as_large_as_what_it_surrounds():
    areas = [MUNICIPALITIES.areas[code] for code, _ in towns_of("tokachi")]
    (ring,) = outline(areas)
    assert area_of(ring) == pytest.approx(sum(area_of(ring) for area in areas for ring in area.rings))


def test_the_outline_begins_with_the_main_island():
    areas = [abs(area_of(ring)) for ring in outline(SUBPREFECTURES.areas.values())]
    assert areas == sorted(areas, reverse=True)
    assert 75_000 < areas[0] < 80_000


@pytest.mark.parametrize("drawing", ["icons.svg", "favicon.svg"])
def test_the_mark_is_the_main_island_of_the_boundaries(drawing):
    _, d = silhouette(SUBPREFECTURES, 96)
    assert d in (FACTS.parents[1] / "static" / drawing).read_text()


class TestHokkaido:
    view = hokkaido_map(SUBPREFECTURES, SHORT_NAMES)

    def test_all_fourteen_are_drawn_and_named(self):
        assert {shape.key: shape.name for shape in self.view.shapes} == dict(SHORT_NAMES)
        assert all(shape.d and shape.label for shape in self.view.shapes)

    def test_the_northern_territories_alone_move_to_the_inset(self):
        (nemuro,) = (shape for shape in self.view.shapes if shape.far)
        assert nemuro.key == "nemuro"
        drawn = sum(area_of(ring) for shape in self.view.shapes for ring in points_of(shape.d + shape.far))
        assert sum(map(area_of, points_of(nemuro.far))) / drawn == pytest.approx(5003 / 83424, rel=0.03)  # 国土地理院
        assert [island.name for island in self.view.islands] == ["択捉島", "国後島", "色丹島", "歯舞群島"]

    def test_it_is_small_enough_for_a_first_page(self):
        assert sum(len(shape.d) + len(shape.far) for shape in self.view.shapes) < 12_000

    def test_it_fills_its_view_box(self):
        _, _, width, height = map(int, self.view.view_box.split())
        points = [point for shape in self.view.shapes for ring in points_of(shape.d + shape.far) for point in ring]
        assert (min(x for x, _ in points), max(x for x, _ in points)) == (0, width)
        assert (min(y for _, y in points), max(y for _, y in points)) == (0, height)


@pytest.mark.parametrize("slug", sample([slug for slug, _ in SHORT_NAMES], every=4))
class TestNeighbourhood:
    def test_every_town_is_drawn_within_the_view(self, slug):
        view = neighbourhood_map(MUNICIPALITIES, towns_of(slug))
        assert {shape.key: shape.name for shape in view.shapes} == dict(towns_of(slug))
        _, _, width, height = map(int, view.view_box.split())
        points = [point for shape in view.shapes for ring in points_of(shape.d) for point in ring]
        assert all(0 <= x <= width and 0 <= y <= height for x, y in points)
        assert all(shape.d for shape in view.shapes)

    def test_most_towns_are_named_and_no_names_collide(self, slug):
        shapes = [
            shape
            for shape in neighbourhood_map(MUNICIPALITIES, towns_of(slug)).shapes
            if shape.key not in NORTHERN_VILLAGES
        ]
        named = [shape for shape in shapes if shape.label]
        assert len(named) >= len(shapes) * 2 / 3
        for one in named:
            for other in named:
                half_widths = 8 * (len(one.label.text) + len(other.label.text))
                apart = abs(one.label.x - other.label.x) >= half_widths - 1, abs(one.label.y - other.label.y) >= 16
                assert one is other or any(apart), (one.label.text, other.label.text)

    def test_a_name_lies_above_the_neighbours_it_reaches_into(self, slug):
        shapes = neighbourhood_map(MUNICIPALITIES, towns_of(slug)).shapes
        order = {shape.key: place for place, shape in enumerate(shapes)}
        reach = {shape.key: shape.label.over for shape in shapes if shape.label}
        for key, over in reach.items():
            assert all(order[other] < order[key] for other in over), key

    def test_the_land_around_is_drawn_beneath(self, slug):
        assert neighbourhood_map(MUNICIPALITIES, towns_of(slug)).backdrop.startswith("M")


@pytest.mark.parametrize("slug", sample(["sorachi", "shiribeshi", "kamikawa", "okhotsk", "iburi"], every=3))
def test_where_names_crowd_they_stand_without_the_kind_of_municipality(slug):
    shapes = neighbourhood_map(MUNICIPALITIES, towns_of(slug)).shapes
    named = [shape for shape in shapes if shape.label]
    assert {shape.key: shape.name for shape in shapes} == dict(towns_of(slug))
    assert {shape.label.text for shape in named} == {shape.name[:-1] for shape in named}
    assert len(named) >= len(shapes) * 0.85
    assert sum(not shape.label.over for shape in named) >= len(shapes) / 2


@pytest.mark.parametrize("slug", ["kushiro", "nemuro", "rumoi"])
def test_where_there_is_room_names_are_written_in_full(slug):
    shapes = neighbourhood_map(MUNICIPALITIES, towns_of(slug)).shapes
    assert all(shape.label.text == shape.name for shape in shapes if shape.label)


def test_two_that_would_be_called_the_same_keep_their_kind(monkeypatch):
    monkeypatch.setattr("sumairu.lib.maps.CROWDED", -1)  # every map is crowded
    shapes = neighbourhood_map.__wrapped__(MUNICIPALITIES, towns_of("kushiro")).shapes
    assert {"釧路市", "釧路町"} <= {shape.label.text for shape in shapes if shape.label}


def test_of_nemuro_the_mainland_is_large_and_the_islands_stand_in_an_inset():
    view = neighbourhood_map(MUNICIPALITIES, towns_of("nemuro"))
    _, _, width, height = map(int, view.view_box.split())
    ((*frame,),) = points_of(view.inset)
    edge, head = min(x for x, _ in frame), min(y for _, y in frame)
    foot = max(y for _, y in frame)
    towns = [shape for shape in view.shapes if shape.key not in NORTHERN_VILLAGES]
    islands = [point for s in view.shapes if s not in towns for ring in points_of(s.d) for point in ring]
    assert all(edge < x < width and head < y < foot for x, y in islands)
    assert sum(abs(area_of(ring)) for s in towns for ring in points_of(s.d)) > 0.2 * width * height
    assert all(shape.label and not shape.label.over for shape in towns)
    assert all(edge < island.x < width and head < island.y < foot for island in view.islands)


def test_a_town_without_boundaries_is_left_to_the_list_beside():
    view = neighbourhood_map(MUNICIPALITIES, (("01223", "根室市"), ("01999", "新しい市")))
    assert [shape.key for shape in view.shapes] == ["01223"]


def test_a_map_is_computed_once():
    assert neighbourhood_map(MUNICIPALITIES, towns_of("hiyama")) is neighbourhood_map(
        MUNICIPALITIES, towns_of("hiyama")
    )


def test_only_what_has_an_address_becomes_a_link():
    view = neighbourhood_map(MUNICIPALITIES, towns_of("nemuro")).linked({"01223": "/municipalities/012238/"})
    assert {shape.key: shape.url for shape in view.shapes if shape.url} == {"01223": "/municipalities/012238/"}


def test_boundaries_can_be_given_instead_of_read():
    topojson = json.loads((FACTS / "subprefecture_boundaries.topojson").read_bytes())
    given = Boundaries(load_areas(topojson))
    assert hokkaido_map(given, SHORT_NAMES) == hokkaido_map(SUBPREFECTURES, SHORT_NAMES)
