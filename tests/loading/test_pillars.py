"""`docs/pillars.md` names pages that answer and tests that are there."""

import re
from pathlib import Path

import pytest

from sumairu.loading.content import load_content
from sumairu.loading.facts import load_tables
from tests.loading.conftest import loaded_once

__all__ = ["loaded_once"]

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
LINES = [line for line in (ROOT / "docs/pillars.md").read_text().splitlines() if line.startswith("| ")]
ROWS = [line for line in LINES if not line.startswith("| 資料の行")]
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py::\w+)`", "\n".join(ROWS))))
ADDRESSES = sorted(set(re.findall(r"`(/[^`]*)`", "\n".join(ROWS))))


@pytest.fixture(scope="module", autouse=True)
def loaded(loaded_once):
    with loaded_once(load_tables, load_content):
        yield


def test_every_page_that_is_named_answers(client):
    answers = {address: client.get(address).status_code for address in ADDRESSES}
    assert {address: code for address, code in answers.items() if code != 200} == {}
    assert len(ADDRESSES) > 20


def test_every_test_that_is_named_is_there():
    def is_there(named):
        file, name = named.split("::")
        return (ROOT / file).is_file() and re.search(rf"^def {name}\(", (ROOT / file).read_text(), re.MULTILINE)

    assert [named for named in TESTS if not is_there(named)] == []


def test_every_line_has_a_page_and_a_test():
    for row in ROWS:
        _, _, pages, tests, *_ = row.split("|")
        assert "`/" in pages, row
        assert "`tests/" in tests, row
