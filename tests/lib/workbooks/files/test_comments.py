import pytest

from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.cells import LONGEST_NOTE
from sumairu.lib.workbooks.files.comments import notes_by_sheet
from tests.lib.workbooks.builders import MAIN, PACKAGE, RELATIONS, everything, package, sheet_xml

THREADS = "http://schemas.microsoft.com/office/2018/threadedcomments"
SHEET = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')


def commented(comments="", threads="", target="../{}"):
    """A workbook whose sheet has these comments and threads of them."""
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target.format(part)}"/>'
        for number, (kind, part) in enumerate(
            [(f"{RELATIONS}/comments", "comments1.xml"), ("a/threadedComment", "threadedComments/threadedComment1.xml")]
        )
    )
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
    }
    if comments:
        parts["xl/comments1.xml"] = f'<comments xmlns="{MAIN}"><commentList>{comments}</commentList></comments>'
    if threads:
        parts["xl/threadedComments/threadedComment1.xml"] = (
            f'<ThreadedComments xmlns="{THREADS}">{threads}</ThreadedComments>'
        )
    return package(SHEET, parts)


def notes(*args, **kw):
    return notes_by_sheet(commented(*args, **kw))["表"]


def comment(cell, *texts, tail=""):
    runs = "".join(f"<r><rPr><b/></rPr><t>{text}</t></r>" for text in texts)
    return f'<comment ref="{cell}" authorId="0"><text>{runs}{tail}</text></comment>'


def thread(cell, text):
    return f'<threadedComment ref="{cell}" dT="2026-04-01T00:00:00" personId="x"><text>{text}</text></threadedComment>'


def test_a_comment_is_kept_as_it_is_written_with_its_author_if_he_stands_in_it():
    found = notes(comment("B5", "山田:", "\n速報値") + comment("AA10", "  後で直す \n"))
    assert found == {(4, 1): "山田:\n速報値", (9, 26): "後で直す"}


def test_readings_over_kanji_are_no_part_of_a_comment():
    assert notes(comment("A1", "釧路", tail='<rPh sb="0" eb="2"><t>クシロ</t></rPh>')) == {(0, 0): "釧路"}


def test_of_a_thread_every_answer_is_a_line_and_what_old_excel_says_of_it_is_none():
    old = comment("B2", "[Threaded comment] Your version of Excel allows you to read this") + comment("C3", "古いメモ")
    threads = thread("B2", "税込みですか？") + thread("B2", "税抜きです")
    assert notes(old, threads) == {(1, 1): "税込みですか？\n税抜きです", (2, 2): "古いメモ"}


@pytest.mark.parametrize("target", ["../{}", "/xl/{}"], ids=["relative", "absolute"])
def test_the_part_is_found_where_the_sheet_says(target):
    assert notes(comment("A1", "a"), target=target) == {(0, 0): "a"}


@pytest.mark.parametrize("cell", ["", "A0", "XFE1", "A1048577", "a1", "A1:B2", "ZZZ9999999"])
def test_a_comment_at_no_cell_is_none(cell):
    assert notes(comment(cell, "a")) == {}


def test_an_empty_comment_is_none_and_a_long_one_is_cut():
    assert notes(comment("A1", " ") + comment("A2", "長" * 9000)) == {(1, 0): "長" * LONGEST_NOTE}


def test_comments_that_are_missing_or_of_no_sheet_are_none():
    assert notes() == {}
    assert notes_by_sheet(package(SHEET)) == {"表": {}}


def test_comments_that_are_no_xml_are_refused():
    with pytest.raises(Refused, match="comments1"):
        notes(comments="<comment>")


def test_every_sheet_has_its_own():
    assert notes_by_sheet(everything()) == {
        "予算額": {(4, 1): "山田:\n決算見込みではない", (5, 2): "二つ目のメモ"},
        "控え": {},
        "R4": {},
    }
