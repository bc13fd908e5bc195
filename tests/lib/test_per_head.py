from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.per_head import PEOPLE, per_head
from sumairu.lib.ranks import places


@pytest.mark.parametrize("unit", ["％", "", "ha", "km²"])
def test_a_ratio_and_an_area_are_never_divided(unit):
    assert per_head(Decimal(50), unit, 1000) is None


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**7))
def test_money_by_person_is_the_same_in_whichever_unit_it_is_counted(yen, people):
    assert per_head(yen * 1000, "円", people) == per_head(yen, "千円", people)


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_what_is_counted_comes_back_within_half_a_hundredth(count, people):
    share = per_head(count, "人", people)
    assert abs(share.value * people - count * PEOPLE) <= Decimal("0.005") * people


@given(st.dictionaries(st.integers(), st.integers()))
def test_a_place_is_one_more_than_those_that_are_larger(values):
    for key, place in places(values).items():
        assert place.place == 1 + sum(other > values[key] for other in values.values())
        assert place.of == len(values)
