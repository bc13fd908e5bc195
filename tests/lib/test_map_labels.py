from itertools import pairwise

import pytest

from sumairu.lib.map_labels import place_labels


def box(left, top, right, bottom):
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def test_a_name_stands_in_the_middle_of_an_area_that_holds_it():
    label = place_labels({"a": [box(100, 100, 200, 140)]}, {"a": "根室市"}, 16)["a"]
    assert label.x == pytest.approx(150, abs=4)
    assert (label.at_sea, label.over) == (False, frozenset())
    assert 100 < label.y - 16 < label.y < 140


@pytest.mark.parametrize(
    ("other_land", "x"), [([], 105), ([box(0, 0, 95, 200)], 120)], ids=["between seas", "land to the west"]
)
def test_a_name_too_long_for_its_area_goes_to_sea(other_land, x):
    label = place_labels({"a": [box(100, 90, 110, 110)]}, {"a": "根室市"}, 16, other_land)["a"]
    assert label.at_sea
    assert label.x == pytest.approx(x, abs=6)


def test_an_area_among_others_has_no_name_where_it_is_too_small_for_one():
    areas = {"small": [box(100, 100, 110, 110)]}
    assert place_labels(areas, {"small": "歌志内市"}, 16, [box(0, 0, 300, 300)]) == {}


def test_names_never_touch():
    town = box(100, 100, 150, 120)
    labels = place_labels({"a": [town], "b": [town], "c": [town]}, dict.fromkeys("abc", "根室市"), 16)
    ordered = sorted(labels.values(), key=lambda label: label.y)
    assert len(ordered) > 1
    for upper, lower in pairwise(ordered):
        assert lower.y - upper.y >= 16 or abs(lower.x - upper.x) >= 48


def test_a_name_says_which_neighbours_it_reaches_into():
    areas = {"a": [box(100, 100, 140, 120)], "b": [box(140, 100, 300, 120)]}
    assert place_labels(areas, {"a": "根室市"}, 16, [box(0, 0, 100, 300)])["a"].over == {"b"}


def test_a_name_stays_on_the_map():
    label = place_labels({"a": [box(0, 0, 12, 12)]}, {"a": "根室市"}, 16, within=(200, 200))["a"]
    assert label.x >= 24
    assert label.y >= 16


@pytest.mark.parametrize("rings", [[], [box(10.5, 10.5, 11, 11)]], ids=["no rings", "smaller than a cell"])
def test_what_cannot_be_seen_has_no_name(rings):
    assert place_labels({"a": rings}, {"a": "根室市"}, 16) == {}
