"""A number of each municipality as a map: a town of which nothing is known is hatched, and never drawn as one with 0."""

import pytest

from regions.maps import FACTS, towns_map
from regions.town_map import town_map
from sumairu.lib.maps import read_boundaries
from tests.factories import make_municipality, make_subprefecture

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns():
    return {name: make_municipality(name) for name in ("釧路市", "厚岸町", "根室市", "羅臼町")}


def drawn(values, **kw):
    made = town_map("補助", values, "{}円".format, "{}円".format, nothing="使わなかった", **kw)
    return made, {town.shape.name: (town.step, town.words) for town in made.towns}


def test_unknown_is_not_nothing(towns):
    values = {towns["釧路市"].pk: 5, towns["厚岸町"].pk: 0}
    made, steps = drawn(values)
    assert steps["釧路市"] == ("1", "釧路市 5円")
    assert steps["厚岸町"] == ("none", "厚岸町 0円")
    assert steps["根室市"] == ("unknown", "根室市 記録なし")
    assert made.legend == [("1", "5円", 1), ("none", "使わなかった", 1), ("unknown", "記録なし", 2)]
    assert made.description == "補助。5円 1市町村、使わなかった 1市町村、記録なし 2市町村"


def test_of_an_office_the_others_are_not_asked_about(towns):
    made, steps = drawn({}, office=make_subprefecture("nemuro"))
    assert steps["根室市"] == ("unknown", "根室市 記録なし")
    assert steps["釧路市"] == ("outside", "")
    assert [town.name for town, _ in made.rows] == ["根室市", "羅臼町"]


def test_more_is_darker(towns):
    values = {town.pk: number for number, town in enumerate(towns.values(), start=1)}
    _, steps = drawn(values)
    assert [steps[name][0] for name in towns] == ["1", "2", "3", "4"]


def test_every_municipality_is_on_the_map():
    codes = read_boundaries(FACTS / "municipality_boundaries.topojson").areas
    shapes = towns_map((code, code) for code in codes).shapes
    assert {shape.key for shape in shapes} == set(codes)
    assert all(shape.d or shape.far for shape in shapes)
