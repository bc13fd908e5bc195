"""How alike two of many are."""

from math import isclose, log, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sumairu.lib.similarity import Measure, nearest, standardised

MEASURES = [Measure("people", is_log=True), Measure("old"), Measure("money")]
EVERY = {measure.name: 1 for measure in MEASURES}
values = st.one_of(st.none(), st.integers(1, 10**7))
towns = st.dictionaries(
    st.integers(0, 20), st.fixed_dictionaries({measure.name: values for measure in MEASURES}), min_size=2, max_size=12
)


def distances(here, rows, weights=EVERY):
    return {near.key: near.distance for near in nearest(here, rows, MEASURES, weights)}


def test_a_distance_reckoned_by_hand():
    """Of 10, 20 and 60 the mean is 30 and the deviation √(1400/3); of logarithms of 10, 100, 1000 it is ln 10 · √(2/3)."""
    rows = {
        "a": {"people": 10, "old": 10, "money": None},
        "b": {"people": 100, "old": 20, "money": None},
        "c": {"people": 1000, "old": 60, "money": None},
    }
    old, people = sqrt(1400 / 3), log(10) * sqrt(2 / 3)
    expected = sqrt((3 * (log(10) / people) ** 2 + 1 * (10 / old) ** 2) / 4)
    found = distances("a", rows, {"people": 3, "old": 1})
    assert isclose(found["b"], expected)
    assert list(found) == ["b", "c"]


def test_what_one_lacks_is_left_out_and_said():
    rows = {1: {"people": 5, "old": None}, 2: {"people": 5, "old": 3}, 3: {"people": None, "old": 3}}
    assert [(near.key, near.missing) for near in nearest(1, rows, MEASURES, EVERY)] == [(2, ("old", "money"))]


@pytest.mark.parametrize("value", [0, -5])
def test_what_has_no_logarithm_has_no_value(value):
    assert standardised({1: {"people": value}, 2: {"people": 5}}, MEASURES[0]) == {2: 0.0}


@given(towns)
def test_it_is_as_far_there_as_back(rows):
    here, there = list(rows)[:2]
    assert distances(here, rows).get(there) == pytest.approx(distances(there, rows).get(here))


@given(towns)
def test_twins_have_no_distance(rows):
    here = next(iter(rows))
    assume(any(value is not None for value in rows[here].values()))
    twins = rows | {99: rows[here]}
    assert distances(here, twins)[99] == 0


@given(towns, st.sampled_from([measure.name for measure in MEASURES]))
def test_what_weighs_nothing_is_as_if_it_were_not_there(rows, name):
    without = {key: {each: value for each, value in row.items() if each != name} for key, row in rows.items()}
    here = next(iter(rows))
    assert distances(here, rows, EVERY | {name: 0}) == distances(here, without)


@given(towns, st.integers(2, 1000))
def test_in_whichever_unit_a_measure_counts(rows, times):
    counted = {key: {name: value and value * times for name, value in row.items()} for key, row in rows.items()}
    here = next(iter(rows))
    found, again = distances(here, rows), distances(here, counted)
    assert found.keys() == again.keys()
    assert all(isclose(found[key], again[key], rel_tol=1e-6, abs_tol=1e-6) for key in found)


@given(towns, st.integers(1, 3))
def test_the_same_weight_for_all_is_no_weight(rows, weight):
    here = next(iter(rows))
    assert distances(here, rows, dict.fromkeys(EVERY, weight)) == pytest.approx(distances(here, rows))


@given(towns)
def test_the_nearest_come_first(rows):
    found = list(distances(next(iter(rows)), rows).values())
    assert found == sorted(found)
