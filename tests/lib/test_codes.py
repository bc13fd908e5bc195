import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.codes import check_digit, six_digits, six_digits_in

municipalities = st.builds(
    lambda prefecture, number: f"{prefecture:02}{number:03}",
    st.integers(1, 47),
    st.integers(100, 999) | st.just(0),
)


@pytest.mark.parametrize(
    ("code", "digit"),
    [
        ("01000", "6"),
        ("01100", "2"),
        ("01206", "8"),
        ("01221", "1"),
        ("01223", "8"),
        ("01303", "0"),
        ("01403", "6"),
        ("13101", "6"),
    ],
)
def test_the_check_digit_is_the_ministrys(code, digit):
    assert check_digit(code) == digit


@pytest.mark.parametrize("code", ["0120", "012068"])
def test_only_five_digits_have_a_check_digit(code):
    with pytest.raises(ValueError, match="zip"):
        check_digit(code)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("012068", "012068"),
        ("０１２０６８", "012068"),
        (" 012068 ", "012068"),
        ("12068", "012068"),
        (12068, "012068"),
        (12068.0, "012068"),
        ("01206", "012068"),
        ("1206", "012068"),
        (1206, "012068"),
        (1206.0, "012068"),
        ("C012068110000", "012068"),
        ("010006", "010006"),
        (10006, "010006"),
        ("131016", "131016"),
        (131016.0, "131016"),
        ("13101", "131016"),
    ],
)
def test_a_code_is_read_in_all_its_forms(cell, code):
    assert six_digits(cell) == code


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "012067",
        "012069",
        "000000",
        "480002",
        "010501",
        "C012067110000",
        "C0120681100",
        "0120680",
        "120",
        "12,068",
        "釧路市",
        "٠١٢٠٦٨",
        -12068,
        12068.5,
        float("nan"),
        float("inf"),
        10**5000,
        True,
        None,
    ],
    ids=lambda cell: str(cell) if not isinstance(cell, int) else "a number",
)
def test_what_is_no_code_is_none(cell):
    assert six_digits(cell) is None


@pytest.mark.parametrize("cell", ["12203", "12211", 12203.0])
def test_five_digits_that_are_two_towns_codes_are_none(cell):
    assert six_digits(cell) is None


@given(municipalities)
def test_a_whole_code_is_read_back(code):
    assert six_digits(code + check_digit(code)) == code + check_digit(code)


@given(municipalities)
def test_a_code_as_a_number_or_without_its_check_digit_is_never_read_as_another(code):
    whole = code + check_digit(code)
    assert six_digits(int(whole)) in {whole, None}
    assert six_digits(code) in {whole, None}
    assert six_digits(int(code)) in {whole, None}


@given(st.lists(municipalities), st.sampled_from(["01206", "01100", "01000"]))
def test_a_column_of_numbers_is_read_whole_where_one_can_be_only_one_code(codes, certain):
    column = [*codes, certain]
    whole = [code + check_digit(code) for code in column]
    assert six_digits_in(map(int, whole)) == whole
    assert six_digits_in(column) == whole


def test_a_column_leaves_out_what_is_no_code():
    assert six_digits_in(["団体コード", 12068.0, "", 12203.0]) == [None, "012068", None, "012203"]


def test_a_column_written_in_two_ways_leaves_open_what_could_be_two_codes():
    assert six_digits_in(["12203", "12068", "01206"]) == [None, "012068", "012068"]


def test_a_column_of_nothing_certain_leaves_all_open():
    assert six_digits_in(["12203", "12211"]) == [None, None]
