import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.workbooks.figures import Figure, Problem, Reading, Remark, SheetSummary, Skipped, StatedYear, Table

TEXT = st.text(max_size=8)
MAYBE = st.none() | TEXT
YEAR = st.none() | st.integers(1926, 2099)


def figure(labels, **fields):
    return Figure(label=" ".join(name for _, name in labels), labels=labels, **fields)


FIGURES = st.builds(
    figure,
    labels=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
    beside=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    sheet=TEXT,
    cell=TEXT,
    code=MAYBE,
    fiscal_year=YEAR,
    calendar_year=YEAR,
    column=st.lists(TEXT, max_size=3).map(tuple),
    stage=MAYBE,
    supplement=MAYBE,
    unit=MAYBE,
    raw=TEXT,
    value=st.none() | st.integers(-(10**18), 10**18) | TEXT,
    kind=MAYBE,
    note=MAYBE,
    year_candidates=st.lists(st.builds(StatedYear, TEXT, TEXT, YEAR, YEAR), max_size=2).map(tuple),
)
TABLES = st.builds(
    Table,
    sheet=TEXT,
    range=TEXT,
    header_rows=st.lists(st.integers(1, 9)).map(tuple),
    label_columns=st.lists(TEXT).map(tuple),
    title=TEXT,
)


def some(strategy):
    return st.lists(strategy, max_size=4).map(tuple)


@given(
    st.builds(
        Reading,
        figures=some(FIGURES),
        skipped=some(st.builds(Skipped, TEXT, TEXT, TEXT, TEXT)),
        problems=some(st.builds(Problem, TEXT, TEXT, TEXT, TEXT)),
        tables=some(TABLES),
        sheets=some(st.builds(SheetSummary, TEXT, st.booleans(), st.integers(0, 9), st.integers(0, 9))),
        remarks=some(st.builds(Remark, TEXT, TEXT, TEXT, TEXT)),
        notices=some(TEXT),
    )
)
def test_a_reading_survives_its_way_as_json(reading):
    assert Reading.from_json(reading.to_json().encode()) == reading


def test_a_reading_kept_in_another_form_is_not_taken_for_one_of_today():
    kept = json.loads(Reading((), (), (), (), ()).to_json())
    with pytest.raises(ValueError, match="form 0"):
        Reading.from_json(json.dumps(kept | {"form": 0}))
