import signal
import subprocess
import sys
from io import BytesIO

import pytest

from sumairu.lib.workbooks import Busy, Correction, Refused, __main__, child, read_workbook
from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import ole, package, sheet_xml, xlsx

pytestmark = pytest.mark.usefixtures("a_python_of_its_own")

ROWS = [["制度名", "R3年度（億円）"], ["地域づくり総合交付金", 45.8]]


def refusal(content, name="予算額.xlsx"):
    with pytest.raises(Refused) as refused:
        read_workbook(content, name)
    return str(refused.value)


def test_a_workbook_is_read_in_a_process_of_its_own_as_it_would_be_in_this_one():
    content = xlsx(ROWS)
    assert read_workbook(content, "予算額.xlsx") == read(content)


def test_corrections_reach_the_process():
    corrections = [Correction("表", 0, left_out_rows=((2, 2),))]
    assert read_workbook(xlsx(ROWS), "予算額.xlsx", corrections) == read(xlsx(ROWS), corrections)
    assert not read_workbook(xlsx(ROWS), "予算額.xlsx", corrections).figures


def test_the_reader_is_found_from_any_directory_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    assert len(read_workbook(xlsx(ROWS), "予算額.xlsx").figures) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_reader_gets_none_of_the_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "himitsu")
    given = {}

    def run(*args, **kw):
        given.update(kw)
        return subprocess.CompletedProcess(args, child._REFUSED, "だめ".encode(), b"")

    monkeypatch.setattr(subprocess, "run", run)
    refusal(xlsx(ROWS))
    assert "SECRET_KEY" not in given["env"]


def test_a_file_of_another_kind_starts_no_process(monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)
    assert "古い形式のOffice文書" in refusal(ole("WordDocument"), "予算額.doc")


def test_the_reader_s_refusal_is_passed_on():
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "XFD1048576" in refusal(package(sheet_xml(cells)))


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (-signal.SIGABRT, "メモリ"),
        (-signal.SIGKILL, "メモリ"),
        (-signal.SIGSEGV, "メモリ"),
        (child._OUT_OF_MEMORY, "メモリ"),
        (-signal.SIGXCPU, "時間"),
        (1, "思わぬ誤り"),
    ],
)
def test_however_the_reader_ends_the_uploader_is_told(monkeypatch, caplog, code, says):
    monkeypatch.setattr(
        subprocess, "run", lambda *args, **kw: subprocess.CompletedProcess(args, code, b"", b"Traceback")
    )
    assert says in refusal(xlsx(ROWS))
    assert ("Traceback" in caplog.text) == (code == 1)


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(child, "WALL_SECONDS", 0.001)
    assert "時間" in refusal(xlsx(ROWS))


def test_one_workbook_is_read_at_a_time_and_who_will_not_wait_is_told():
    with child._TURN, pytest.raises(Busy):
        read_workbook(xlsx(ROWS), "予算額.xlsx", patience=0)
    assert read_workbook(xlsx(ROWS), "予算額.xlsx", patience=0).figures


@pytest.fixture
def process(monkeypatch):
    """`main` without its limits, which would hold for the tests after it; what goes in, and what comes out."""

    def run(content):
        out = type("Out", (), {"buffer": BytesIO(), "flush": lambda self: None})()
        asked = b'{"name": "budget.xlsx", "corrections": []}\n'
        monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": BytesIO(asked + content)})())
        monkeypatch.setattr("sys.stdout", out)
        monkeypatch.setattr("resource.setrlimit", lambda *_: None)
        monkeypatch.setattr("gc.disable", lambda: None)
        monkeypatch.setattr("os._exit", sys.exit)
        with pytest.raises(SystemExit) as end:
            __main__.main()
        return end.value.code, out.buffer.getvalue()

    return run


def test_the_process_answers_with_a_reading(process):
    code, answer = process(xlsx(ROWS))
    assert (code, b"4580000000" in answer) == (0, True)


def test_the_process_answers_with_a_refusal(process):
    code, answer = process(package("<worksheet>"))
    assert (code, "壊れて" in answer.decode()) == (child._REFUSED, True)


def test_the_process_says_that_memory_ran_out(process, monkeypatch):
    def exhaust(*_):
        raise MemoryError

    monkeypatch.setattr(__main__, "read", exhaust)
    assert process(xlsx(ROWS)) == (child._OUT_OF_MEMORY, b"")


def test_an_answer_has_a_greatest_length(process, monkeypatch):
    monkeypatch.setattr(child, "MAX_ANSWER_BYTES", 10)
    assert process(xlsx(ROWS)) == (child._OUT_OF_MEMORY, b"")


def test_memory_has_a_bound_that_ends_the_reader_and_not_its_caller(monkeypatch):
    """Sizes beyond any limit of the scan, past which only the bound on memory stands."""
    program = "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**28, 2**28)); bytearray(2**30)"
    result = subprocess.run([child.sys.executable, "-c", program], capture_output=True, check=False)
    assert b"MemoryError" in result.stderr


def test_who_has_little_time_is_told_and_the_reader_is_ended():
    with child.within(0), pytest.raises(Busy):
        read_workbook(xlsx(ROWS), "予算額.xlsx")
    with child.within(60):
        assert read_workbook(xlsx(ROWS), "予算額.xlsx").figures
    assert read_workbook(xlsx(ROWS), "予算額.xlsx").figures


def test_time_that_one_reading_took_is_gone_for_the_next(monkeypatch):
    clock = iter([0, 0, 0, 9.5, 9.5])
    monkeypatch.setattr(child, "monotonic", lambda: next(clock))
    given = []
    answered = subprocess.CompletedProcess((), 0, b"[]", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, timeout, **kw: given.append(timeout) or answered)
    with child.within(10):
        child.ask_apart("x", {}, b"")
        child.ask_apart("x", {}, b"")
    assert given == [10, 0.5]
