"""Raised digits, which are footnotes and no part of a number."""

import pytest

from sumairu.lib.workbooks.files.raised import raised_texts
from tests.lib.workbooks.builders import MAIN, package, sheet_xml
from tests.lib.workbooks.readings import figures, problems


def run(text, is_raised=False):
    look = '<rPr><vertAlign val="superscript"/></rPr>' if is_raised else "<rPr/>"
    return f"<r>{look}<t>{text}</t></r>"


def book(*strings):
    """A table of one figure for each string, which is XML within `si`."""
    shared = ["<t>市町村</t>", "<t>R3年度（千円）</t>", "<t>釧路市</t>", *strings]
    items = "".join(f"<si>{each}</si>" for each in shared)
    rows = "".join(
        f'<row r="{i}"><c r="A{i}" t="s"><v>2</v></c><c r="B{i}" t="s"><v>{i + 1}</v></c></row>'
        for i in range(2, 2 + len(strings))
    )
    header = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    return package(sheet_xml(header + rows), {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{items}</sst>'})


@pytest.mark.parametrize("note", ["1", "1)", "(2)", "注1", "※"])
def test_what_is_raised_behind_a_number_is_no_digit_of_it(note):
    assert [each[3] for each in figures(book(run("234") + run(note, True))).values()] == [234_000]


def test_what_is_not_raised_is():
    assert [each[3] for each in figures(book(run("23") + run("4"))).values()] == [234_000]


def test_a_text_that_stands_there_raised_and_plain_is_a_problem():
    content = book(run("234") + run("1", True), "<t>2341</t>", "<t>5</t>")
    assert figures(content).keys() == {"B4"}
    assert set(problems(content)) == {"B2", "B3"}


def test_how_a_text_is_read_is_no_part_of_it():
    phonetic = '<rPh sb="0" eb="1"><t>クシロ</t></rPh>'
    assert raised_texts(book(run("釧路") + run("1", True) + phonetic)) == {"釧路1": "釧路¹"}
