"""What a page was made of does not wait for the garbage collector."""

import gc
from weakref import ref

import pytest
from django.template.loader import get_template, render_to_string


class Row:
    def __str__(self):
        return "釧路市"


@pytest.fixture
def _no_collector():
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("_no_collector")
def test_what_a_page_was_made_of_is_gone_with_the_answer(rf):
    row = Row()
    is_there = ref(row)
    page = render_to_string("_sample.html", {"is_sample": True, "row": row, "rows": [row]}, rf.get("/"))
    assert "見本" in page
    del row
    assert is_there() is None


def test_a_page_made_twice_is_the_same():
    template = get_template("_sample.html")
    assert template.render({"is_sample": True}) == template.render({"is_sample": True})
