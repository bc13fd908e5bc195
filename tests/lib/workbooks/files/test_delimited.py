import pytest

from sumairu.lib.workbooks import read_workbook
from sumairu.lib.workbooks.files import cells
from sumairu.lib.workbooks.files import delimited as module
from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.files.delimited import read_delimited

TABLE = '団体コード,市町村,R3年度（千円）\r\n012068,釧路市,"4,550"\r\n012076,帯広市,△12\r\n'


def rows(text, name="予算額.csv", encoding="utf-8"):
    return next(read_delimited(text.encode(encoding), name)).rows


def notice(content):
    [said] = next(read_delimited(content, "a.csv")).notices
    return said


def refusal(content):
    with pytest.raises(Refused) as refused:
        list(read_delimited(content if isinstance(content, bytes) else content.encode(), "a.csv"))
    return str(refused.value)


def test_the_figures_of_a_csv_are_read_with_their_codes():
    reading = read_workbook(TABLE.encode("cp932"), "予算額.csv")
    assert [
        (each.sheet, each.cell, each.label, each.code, each.fiscal_year, each.value) for each in reading.figures
    ] == [
        ("予算額", "C2", "釧路市", "012068", 2021, 4_550_000),
        ("予算額", "C3", "帯広市", "012076", 2021, -12_000),
    ]
    assert reading.notices == ("文字コードはシフトJIS（CP932）、区切りはカンマとして読みました。",)


@pytest.mark.parametrize(
    ("encoding", "says"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp932", "シフトJIS（CP932）")],
)
def test_an_encoding_is_found_out_and_said(encoding, says):
    content = TABLE.encode(encoding)
    assert next(read_delimited(content, "a.csv")).rows[1] == ["012068", "釧路市", "4,550"]
    assert says in notice(content)


def test_what_windows_alone_has_in_cp932_is_read():
    assert rows("髙﨑①㈱～,1\n", encoding="cp932") == [["髙﨑①㈱～", "1"]]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param("市町村,額\n".encode("cp932") + b"\x81\x20,1\n", "2行目", id="neither UTF-8 nor CP932"),
        pytest.param("市町村,額\n釧路市,".encode() + b"\xff\n", "2行目", id="UTF-8 that goes wrong"),
        pytest.param(b"\xef\xbb\xbf" + "市町村".encode("cp932"), "UTF-8として", id="CP932 behind the mark of UTF-8"),
        pytest.param(b"\xff\xfea\0,\0\x00\xd8", "UTF-16として", id="UTF-16 cut short"),
        pytest.param(b"a,b\n1,\0\n", "2行目", id="NUL"),
        pytest.param("a,b\n1,2\n".encode("utf-16-le"), "1行目", id="UTF-16 that does not say so"),
        pytest.param("a,b\n1,\x1b$B\n", "2行目", id="escapes, as in JIS"),
        pytest.param('a,b\n"1,2\n', "囲み", id="quote left open"),
        pytest.param('a,b\n"1"2,3\n', "2行目", id="text behind a quote"),
        pytest.param("a,b;c\n1,2;3\n", "カンマとセミコロン", id="cut in two ways"),
        pytest.param("市町村,予算額\n釧路市,4,550\n", "桁区切り", id="number cut in pieces"),
        pytest.param("a," + "," * 20_000 + "b\n", "列が多すぎます", id="more columns than a sheet has"),
    ],
)
def test_what_cannot_be_read_in_one_way_is_refused_with_its_line(content, says):
    message = refusal(content)
    assert says in message
    assert message.endswith("ください。")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param("市町村\t予算額\n釧路市\t4,550\n帯広市\t1,200\n", ["釧路市", "4,550"], id="tab"),
        pytest.param("市町村;予算額\n釧路市;4,550\n", ["釧路市", "4,550"], id="semicolon"),
        pytest.param(
            "令和3年度、予算\n市町村,予算額,備考\n釧路市,4550,a;b\n", ["市町村", "予算額", "備考"], id="comma"
        ),
        pytest.param("一列だけ\n釧路市\n", ["釧路市"], id="none"),
    ],
)
def test_what_parts_the_cells_is_found_out(text, row):
    assert rows(text)[1][: len(row)] == row


def test_a_line_break_in_quotes_stays_in_its_cell_and_rows_keep_their_numbers():
    assert rows('"予算額\n（千円）",b\r\n\r\n"い""ろ",2\r\n') == [["予算額\n（千円）", "b"], ["", ""], ['い"ろ', "2"]]


def test_rows_of_an_old_mac_are_rows():
    assert rows("a,b\r1,2\r") == [["a", "b"], ["1", "2"]]


def test_numbers_that_excel_was_kept_from_changing_are_unwrapped():
    assert rows('コード,額\n="012068",1\n')[1] == ["012068", "1"]


def test_columns_without_a_name_may_hold_small_numbers():
    assert rows("市町村,人数,件数\n釧路市,12,345\n")[1] == ["釧路市", "12", "345"]


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("R3.4.1 予算額.csv", "R3.4.1 予算額"),
        ("C:\\書類\\予算額.tsv", "予算額"),
        (".csv", "CSV"),
        ("あ" * 300 + ".csv", "あ" * 100),
    ],
)
def test_the_sheet_is_called_as_the_file_is(name, sheet):
    assert next(read_delimited(b"a,b", name)).name == sheet


def test_the_number_of_cells_has_a_limit(monkeypatch):
    monkeypatch.setattr(cells, "MAX_CELLS", 3)
    assert "大きすぎて" in refusal("1,2\n1,2\n")


def test_what_dos_put_at_the_end_of_a_file_is_no_cell():
    assert rows("a,b\n1,2\n\x1a") == [["a", "b"], ["1", "2"]]


def test_rows_of_nothing_at_the_end_are_none():
    assert rows("a,b\n1,2\n,,,\n\n") == [["a", "b"], ["1", "2"]]


def test_an_empty_table_is_an_empty_grid():
    assert rows("\n") == []


def test_the_telling_rows_are_the_first(monkeypatch):
    monkeypatch.setattr(module, "ROWS_THAT_TELL", 2)
    assert rows("a,b\n1,2\n3;4\n5;6\n7;8\n")[2] == ["3;4", ""]
