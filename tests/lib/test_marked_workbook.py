"""The workbook that goes back to whoever sent it: what is marked in it, and that it is read as the one that came."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from sumairu.lib import marked_workbook as marking
from sumairu.lib.marked_workbook import MAX_MARKS, Mark, marked_name, marked_workbook
from sumairu.lib.workbooks import Refused, child, read_workbook
from tests.exhaustive import sample
from tests.imports.books import budget_book, saved
from tests.lib.workbooks.builders import FILES, package, sheet_xml
from tests.lib.workbooks.files.test_comments import thread
from tests.office import FORMATS, converted

LIST = "直してほしいところ"
WRONG = Mark("予算額", "C6", "四十五", "error", "「四十五」は数として読めません。")
ASKED = Mark("予算額", "B6", "45.5", "question", "どの制度か分かりません。")
UNSURE = Mark("予算額", "D6", "45.8", "remark", "前の年度の10倍です。")


def marked(content, marks, name="予算.xlsx", notices=()):
    return load_workbook(BytesIO(marked_workbook(content, name, marks, notices)))


def read(content, name="予算.xlsx"):
    """All that is read of a workbook."""
    found = read_workbook(content, name)
    return found.figures, found.skipped, found.problems, found.tables, found.sheets


def listed(workbook):
    """The rows of the list."""
    rows = [[cell.value for cell in row] for row in workbook[LIST].iter_rows()]
    return rows[[row[0] for row in rows].index("種類") + 1 :]


def test_every_cell_to_mend_is_marked_and_listed():
    workbook = marked(
        budget_book((45.5, "四十五", 45.8, 45.8)), [WRONG, ASKED, UNSURE], notices=["釧路の分がありません。"]
    )
    assert workbook.sheetnames == [LIST, "予算額"]
    sheet = workbook["予算額"]
    assert sheet["C6"].comment.text == "住まいる北海道から\n【誤り】「四十五」は数として読めません。"
    assert "【質問】" in sheet["B6"].comment.text
    assert "【確認】" in sheet["D6"].comment.text
    assert len({sheet[cell].fill.fgColor.rgb for cell in ("B6", "C6", "D6", "E6")}) == 4
    assert [sheet[cell].border.left.style for cell in ("C6", "E6")] == ["thick", None]
    assert listed(workbook) == [
        ["誤り", "予算額", "C6", "「四十五」", WRONG.reason],
        ["質問", "予算額", "B6", "「45.5」", ASKED.reason],
        ["確認", "予算額", "D6", "「45.8」", UNSURE.reason],
    ]
    links = [row[2].hyperlink.location for row in workbook[LIST].iter_rows() if row[2].hyperlink]
    assert links == ["'予算額'!C6", "'予算額'!B6", "'予算額'!D6"]
    assert any("釧路の分がありません。" in str(cell.value) for cell in workbook[LIST]["A"])
    assert [sheet.sheet_view.tabSelected for sheet in workbook] == [True, False]


def rich_book():
    """Formulas, formats, merged and hidden cells, a comment, two sheets: what a marked copy has to keep."""
    workbook = load_workbook(BytesIO(budget_book((45.5, 45.5, "四十五", 46))))
    sheet = workbook["予算額"]
    sheet["A7"], sheet["B7"] = "かくれた行", 1
    sheet.row_dimensions[7].hidden = True
    sheet["B6"].comment = Comment("見込みの額", "担当")
    sheet["C6"].number_format = '0.0"億円"'
    sheet["E6"].font = Font(bold=True)
    other = workbook.create_sheet("別のシート")
    for row in (["制度名", "令和3年度（千円）"], ["交付金", 10], ["補助金", 20], ["計", "=SUM(B2:B3)"]):
        other.append(row)
    return with_result(saved(workbook), "<f>SUM(B2:B3)</f><v />", "<f>SUM(B2:B3)</f><v>30</v>")


def with_result(content, before, after):
    """An .xlsx in which Excel had kept what a formula came to, which openpyxl does not write."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w") as new:
        texts = {part: old.read(part) for part in old.namelist()}
        assert any(before.encode() in text for text in texts.values())
        for part, text in texts.items():
            new.writestr(part, text.replace(before.encode(), after.encode()))
    return out.getvalue()


def test_a_marked_workbook_is_read_as_the_one_that_came():
    content = rich_book()
    mark = Mark("予算額", "D6", "四十五", "error", "数として読めません。")
    came_back = marked_workbook(content, "予算.xlsx", [mark, Mark("別のシート", "B4", "30", "remark", "確かめて。")])
    assert read(came_back) == read(content)
    assert "見込みの額" in {figure.note for figure in read_workbook(came_back, "予算.xlsx").figures}
    sheet = load_workbook(BytesIO(came_back))["予算額"]
    assert (sheet["E6"].font.bold, sheet["C6"].number_format) == (True, '0.0"億円"')
    assert load_workbook(BytesIO(came_back))["別のシート"]["B4"].value == "=SUM(B2:B3)"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "name",
    sample(
        [
            "everything.ods",
            "everything.xls",
            "indices_prefecture_R2.xlsx",
            "kofuzei_pref_2018.xls",
            "kofuzei_pref_2021-demand-revised.xlsx",
        ],
        every=2,
    ),
)
def test_so_are_workbooks_as_offices_have_them(name):
    content = (FILES / name).read_bytes()
    found = read_workbook(content, name)
    marks = [Mark(each.sheet, each.cell, each.raw, "error", each.reason) for each in (*found.problems, *found.skipped)]
    assert read(marked_workbook(content, name, marks), marked_name(name)) == read(content, name)


def test_no_digit_of_a_number_is_lost():
    content = with_result(budget_book(), "<v>45.5</v>", "<v>169100.41100000002</v>")
    assert marked(content, [WRONG])["予算額"]["B6"].value == 169100.41100000002


@pytest.mark.parametrize(
    ("kind", "text"),
    [("str", "四&lt;十"), ("str", ""), ("b", "1"), ("e", "#REF!"), ("n", "1.5")],
    ids=["text", "no text", "true", "error", "number"],
)
def test_what_a_formula_came_to_is_kept_whatever_it_is(kind, text):
    workbook = Workbook()
    workbook.active["A1"], workbook.active["B1"], workbook.active["B2"] = "年度", "=1+1", 5
    content = with_result(saved(workbook), '<c r="B1"><f>1+1</f><v />', f'<c r="B1" t="{kind}"><f>1+1</f><v>{text}</v>')
    mark = Mark("Sheet", "B1", "", "question", "？")
    before, after = (
        load_workbook(BytesIO(book), data_only=True)["Sheet"]["B1"]
        for book in (content, marked_workbook(content, "表.xlsx", [mark]))
    )
    assert (after.value, after.data_type) == (before.value, before.data_type)


def test_a_comment_that_is_there_stays_above_ours_and_ours_is_no_note_of_a_figure():
    content = rich_book()
    came_back = marked_workbook(content, "予算.xlsx", [ASKED])
    text = load_workbook(BytesIO(came_back))["予算額"]["B6"].comment.text
    assert text == "見込みの額\n\n住まいる北海道から\n【質問】どの制度か分かりません。"
    notes = {figure.cell: figure.note for figure in read_workbook(came_back, "予算.xlsx").figures}
    assert (notes["B6"], notes["C6"]) == ("見込みの額", None)


def test_of_a_thread_of_comments_every_answer_stays():
    workbook = load_workbook(BytesIO(budget_book()))
    workbook["予算額"]["B6"].comment = Comment("[Threaded comment] 新しいExcelでは…", "tc={1}")
    relation = '<Relationship Id="t" Type="a/threadedComment" Target="/xl/threadedComments/threadedComment1.xml"/>'
    end = "</Relationships>"
    out = BytesIO()
    with ZipFile(BytesIO(saved(workbook))) as old, ZipFile(out, "w") as new:
        for part in old.namelist():
            text = old.read(part).decode()
            new.writestr(part, text.replace(end, relation + end) if part.endswith("sheet1.xml.rels") else text)
        words = thread("B6", "見込みです") + thread("B6", "了解")
        new.writestr("xl/threadedComments/threadedComment1.xml", f"<ThreadedComments>{words}</ThreadedComments>")
    workbook = marked(out.getvalue(), [ASKED])
    assert workbook["予算額"]["B6"].comment.text.startswith("見込みです\n了解\n\n住まいる北海道から\n")
    assert not any("新しいブックに写しました" in str(cell.value) for cell in workbook[LIST]["A"])


def test_a_mended_copy_marked_again_has_but_the_new_marks():
    first = load_workbook(BytesIO(marked_workbook(rich_book(), "予算.xlsx", [WRONG, ASKED])))
    first["予算額"]["C6"] = 45.5
    again = marked(saved(first), [UNSURE])
    assert again.sheetnames == [LIST, "予算額", "別のシート"]
    assert [row[2] for row in listed(again)] == ["D6"]
    sheet = again["予算額"]
    assert (sheet["C6"].comment, sheet["C6"].fill.fill_type, sheet["B6"].comment.text) == (None, None, "見込みの額")
    assert sheet["D6"].comment


def test_text_that_looks_like_a_formula_is_text_in_the_list():
    marks = [Mark("予算額", "C6", text, "error", f"{text}は読めません。") for text in ("=1+1", "+1", "@A", "-1")]
    workbook = marked(budget_book(), [*marks, Mark("=予算", "", "", "remark", "=A1")])
    cells = [cell for row in workbook[LIST].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(figure.sheet == LIST for figure in read_workbook(saved(workbook), "予算.xlsx").figures)


def test_even_under_another_name_no_figure_is_read_from_the_list():
    workbook = marked(budget_book(), [ASKED, UNSURE])
    workbook[LIST].title = "一覧"
    assert {figure.sheet for figure in read_workbook(saved(workbook), "予算.xlsx").figures} == {"予算額"}


def test_a_mark_in_a_merged_cell_is_put_on_its_first():
    workbook = marked(budget_book(), [Mark("予算額", "D4", "", "question", "どの年度ですか。")])
    assert "どの年度" in workbook["予算額"]["B4"].comment.text


def test_what_cannot_be_located_is_listed_all_the_same():
    workbook = marked(budget_book(), [Mark("ないシート", "B2", "1", "error", "ありません。")])
    assert listed(workbook) == [["誤り", "ないシート", "B2", "「1」", "ありません。"]]


@pytest.mark.exhaustive
def test_of_very_many_problems_the_first_are_marked_and_the_number_is_said():
    marks = [Mark("予算額", f"B{number}", "1", "remark", "？") for number in range(1, MAX_MARKS + 100)] + [WRONG]
    workbook = marked(budget_book(), marks)
    rows = listed(workbook)
    assert (len(rows), rows[0][0]) == (MAX_MARKS, "誤り")
    assert any("1,100か所" in str(cell.value) for cell in workbook[LIST]["A"])


@pytest.mark.parametrize("extension", ["csv", *FORMATS])
def test_what_openpyxl_cannot_open_is_copied_as_it_was_read(extension):
    if extension == "csv":
        content = "制度名,R2年度（億円）,R3年度（億円）\n=交付金,45.5,四十五\n補助金,1,2\n総額金,1,2\n".encode("cp932")
    else:
        content = converted(rich_book(), extension)
    name = f"予算額.{extension}"
    problem = read_workbook(content, name).problems[0]
    came_back = marked_workbook(
        content, name, [Mark(problem.sheet, problem.cell, problem.raw, "error", problem.reason)]
    )
    workbook = load_workbook(BytesIO(came_back))
    assert "数として読めません" in workbook["予算額"][problem.cell].comment.text
    assert any("新しいブックに写しました" in str(cell.value) for cell in workbook[LIST]["A"])
    read_before, read_after = read(content, name), read(came_back, marked_name(name))
    assert (read_after[0], read_after[2]) == (read_before[0], read_before[2])


def test_a_workbook_that_openpyxl_trips_over_is_copied_too():
    sheet = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>年度</t></is></c><c r="B1" s="999"><v>1</v></c></row>')
    came_back = marked(package(sheet), [Mark("表", "B1", "1", "error", "？")])
    assert came_back.worksheets[1]["B1"].value == 1


@pytest.mark.parametrize(
    "name", ["a/b:c[1]*?.csv", "名" * 80 + ".csv", "'.csv", ".csv"], ids=["signs", "long", "quote", "nothing"]
)
def test_a_name_that_excel_takes_for_no_sheet_is_made_one(name):
    came_back = marked_workbook(b"\xef\xbb\xbfa,b\nc,1\n", name, [])
    assert len(load_workbook(BytesIO(came_back)).sheetnames) == 2


def test_macros_are_left_behind_and_that_is_said():
    out = BytesIO(budget_book())
    with ZipFile(out, "a") as book:
        book.writestr("xl/vbaProject.bin", b"macro")
    came_back = marked_workbook(out.getvalue(), "予算.xlsm", [ASKED])
    assert not any("vba" in part.lower() for part in ZipFile(BytesIO(came_back)).namelist())
    assert any(
        "マクロは、このブックには入っていません" in str(cell.value)
        for cell in load_workbook(BytesIO(came_back))[LIST]["A"]
    )
    assert marked_name("予算.xlsm") == "予算（直してほしいところ）.xlsx"


def bomb():
    out = BytesIO(budget_book())
    with ZipFile(out, "a", 8) as book:
        book.writestr("xl/media/image1.xml", b"<a>" + b" " * 300 * 1024**2)
    return out.getvalue()


CORNERS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(bomb, "異常に大きく", id="zip bomb", marks=pytest.mark.exhaustive),
        pytest.param(lambda: package(sheet_xml(CORNERS)), "大きすぎて", id="used to the last corner"),
        pytest.param(lambda: package(ENTITY), "DOCTYPE", id="entities"),
        pytest.param(lambda: b"x" * (20 * 1024**2 + 1), "20 MB", id="large"),
        pytest.param(lambda: b"PK\x03\x04 broken", "壊れて", id="broken"),
    ],
)
def test_what_may_not_be_opened_is_refused_in_words(content, says):
    with pytest.raises(Refused, match=says):
        marked_workbook(content(), "予算.xlsx", [ASKED])


def test_a_merge_over_the_whole_sheet_costs_nothing():
    content = with_result(budget_book(), 'ref="B4:E4"', 'ref="B4:E4" /><mergeCell ref="A9:XFD1048576"')
    came_back = marked_workbook(content, "予算.xlsx", [ASKED])
    assert read(came_back)[:3] == read(content)[:3]


def test_who_asks_while_others_are_read_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr(marking, "PATIENCE", 0.01)
    with child._TURN, pytest.raises(Refused, match="ほかのブックを読み取っています"):
        marked_workbook(budget_book(), "予算.xlsx", [ASKED])


def test_a_workbook_that_takes_too_much_is_refused(a_python_of_its_own, monkeypatch):
    monkeypatch.setattr(child, "WALL_SECONDS", 0.001)
    with pytest.raises(Refused, match=r"作れませんでした。.*時間"):
        marked_workbook(budget_book(), "予算.xlsx", [ASKED])
