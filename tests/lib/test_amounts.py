from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.amounts import (
    LARGEST_YEN,
    UNITS,
    AmountError,
    FractionOfYen,
    Negative,
    NotANumber,
    NotWhole,
    NoUnit,
    TooLarge,
    grouped,
    in_unit,
    number_words,
    parse_count,
    parse_number,
    parse_yen,
    yen_in,
    yen_words,
)

amounts = st.integers(-LARGEST_YEN, LARGEST_YEN)
units = st.sampled_from(sorted(UNITS))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("12", "12"),
        (" 12 ", "12"),
        ("　１２　", "12"),
        ("4,550,000", "4550000"),
        ("４，５５０，０００", "4550000"),
        ("４５．５", "45.5"),
        ("1,234.50", "1234.50"),
        ("△12", "-12"),
        ("▲ 12", "-12"),
        ("△　１，２３４", "-1234"),
        ("(12)", "-12"),
        ("（12）", "-12"),
        ("( 1,234.5 )", "-1234.5"),
        ("-12", "-12"),
        ("－12", "-12"),
        ("\u221212", "-12"),
        ("\u201012", "-12"),
        ("\u201112", "-12"),
        ("\u201312", "-12"),
    ],
)
def test_a_number_is_read_as_offices_write_it(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", " ", "　", "－", "-", "--", "−", "ー", "―", "—", "─", "ｰ", "…", "……", "‥", "皆減", "皆増", "皆　減"]
)
def test_what_stands_for_nothing_is_no_number(text):
    assert parse_number(text) is None
    assert parse_yen(text) is None
    assert parse_count(text, ("人",)) is None


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "1,2345",
        "1234,567",
        ",123",
        "0,123",
        "1.234.567",
        "1.",
        ".5",
        "12 34",
        "1、234",
        "45・5",
        "012068",
        "00",
        "+12",
        "1e3",
        "12%",
        "(12",
        "12)",
        "()",
        "(△12)",
        "△(12)",
        "△△12",
        "△",
        "12-",
        "—12",
        "ー12",
        "1,234※",
        "1,234²",
        "①",
        "⑴",
        "½",
        "一二三",
        "٣",
        "1 234",
        "12円",
        "#REF!",
        "9" * 31,
    ],
)
def test_a_text_that_is_no_number_or_could_be_two_is_refused(text):
    with pytest.raises(NotANumber) as refusal:
        parse_number(text)
    assert "数として読めません" in str(refusal.value)


def test_a_refusal_quotes_the_cell_as_it_stands():
    with pytest.raises(NotANumber, match="「１，２３」は数として読めません"):
        parse_number("１，２３")


def test_a_refusal_quotes_no_more_than_a_line():
    with pytest.raises(NotANumber) as refusal:
        parse_number("注" * 30_000)
    assert len(str(refusal.value)) < 60


@pytest.mark.parametrize(
    ("cell", "yen"),
    [
        ("45.5億円", 4_550_000_000),
        ("４５．５億円", 4_550_000_000),
        ("45.5 億円", 4_550_000_000),
        ("4,550,000千円", 4_550_000_000),
        ("4,550百万円", 4_550_000_000),
        ("455千万円", 4_550_000_000),
        ("4.55十億円", 4_550_000_000),
        ("0.455百億円", 4_550_000_000),
        ("0.00455兆円", 4_550_000_000),
        ("45億5,000万円", 4_550_000_000),
        ("45億5000万円", 4_550_000_000),
        ("45億5千万円", 4_550_000_000),
        ("45億 5,000万円", 4_550_000_000),
        ("12億3,456万7,890円", 1_234_567_890),
        ("1億2円", 100_000_002),
        ("1兆2,000億円", 1_200_000_000_000),
        ("5千円", 5_000),
        ("1万5千円", 15_000),
        ("1.5万円", 15_000),
        ("5,000円", 5_000),
        ("0円", 0),
        ("△5,000円", -5_000),
        ("▲45億5,000万円", -4_550_000_000),
        ("（5千円）", -5_000),
    ],
)
def test_an_amount_brings_its_unit(cell, yen):
    assert parse_yen(cell) == yen


@pytest.mark.parametrize(
    ("cell", "unit", "yen"),
    [
        ("４５．５", "億円", 4_550_000_000),
        ("4,550,000", "千円", 4_550_000_000),
        ("△12", "百万円", -12_000_000),
        (45.5, "億円", 4_550_000_000),
        (38, "千円", 38_000),
        (Decimal("45.5"), "億円", 4_550_000_000),
        (0, "円", 0),
        (-0.0, "千円", 0),
        (1e3, "円", 1_000),
        (0.1 + 0.2, "億円", 30_000_000),
    ],
)
def test_a_number_takes_the_unit_of_its_surroundings(cell, unit, yen):
    assert parse_yen(cell, unit) == yen


def test_a_unit_in_the_cell_comes_before_that_of_its_surroundings():
    assert parse_yen("45.5億円", "千円") == 4_550_000_000


@pytest.mark.parametrize("cell", ["", "－", "皆減", None])
@pytest.mark.parametrize("unit", [None, "千円"])
def test_a_cell_that_states_nothing_is_no_amount(cell, unit):
    assert parse_yen(cell, unit) is None


@pytest.mark.parametrize("cell", ["4,550", 4550, 45.5, Decimal(1), "0", 0])
def test_a_number_without_a_unit_is_refused(cell):
    with pytest.raises(NoUnit, match="単位がわかりません"):
        parse_yen(cell)


@pytest.mark.parametrize("unit", ["", "千人", "%", "億"])
def test_a_unit_that_is_none_of_money_is_refused(unit):
    with pytest.raises(AmountError, match="金額の単位として読めません"):
        parse_yen("12", unit)


@pytest.mark.parametrize(
    "cell",
    [
        "円",
        "千円",
        "－円",
        "45.5億5,000万円",
        "45億50,000万円",
        "45億5,000.5万円",
        "5,000万45億円",
        "1億2億円",
        "5千500円",
        "2億3,000千円",
        "12 34円",
        "012円",
        "1,23円",
        "約45億円",
        "45億円余",
        "45.5億",
        "38人",
        "△(5)円",
        "(12)千円",
        "45.5円円",
        True,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        date(2021, 4, 1),
    ],
)
def test_an_amount_that_could_be_another_is_refused(cell):
    with pytest.raises(NotANumber):
        parse_yen(cell, "千円")


@pytest.mark.parametrize(
    ("cell", "unit", "yen"),
    [
        (62908.27999999, "千円", 62_908_280),
        ("62908.27999999", "千円", 62_908_280),
        (36502923.329000026, "千円", 36_502_923_329),
        (877393.7000000001, "千円", 877_393_700),
        ("1000000.001", "円", 1_000_000),
        ("9999999.999", "円", 10_000_000),
        ("△62908.27999999", "千円", -62_908_280),
    ],
)
def test_float_noise_beside_a_whole_yen_is_that_yen(cell, unit, yen):
    assert parse_yen(cell, unit) == yen


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("5988484.0005", "千円"),
        (5988484.0005, "千円"),
        ("0.5", "円"),
        ("0.5円", None),
        ("10000000000.0011", "円"),  # more than a thousandth of a yen
        ("999999.001", "円"),  # a thousandth, and more than a billionth of the amount
        ("0.0000001", "千円"),
        (368825.83068418974, "千円"),
        (23232931.10122449, "千円"),
        (5e-324, "円"),
    ],
)
def test_a_fraction_of_a_yen_is_refused(cell, unit):
    with pytest.raises(FractionOfYen, match="1円未満の端数"):
        parse_yen(cell, unit)


@given(amounts, units)
def test_binary_floats_of_whole_yen_are_read_as_what_they_show(yen, unit):
    shown = float(in_unit(yen % 10**14, unit))  # a float shows at least 15 digits as they were
    assert parse_yen(shown, unit) == yen % 10**14


@pytest.mark.parametrize("cell", [LARGEST_YEN + 1, 1e308, "9" * 30, Decimal("1E+30")], ids=str)
def test_an_amount_beyond_any_budget_is_refused(cell):
    with pytest.raises(TooLarge, match="大きすぎます"):
        parse_yen(cell, "円")


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("38人", 38),
        ("38名", 38),
        ("38", 38),
        ("３８　人", 38),
        ("1,234人", 1_234),
        (38, 38),
        (38.0, 38),
        (Decimal(38), 38),
        ("0人", 0),
        (None, None),
    ],
)
def test_people_are_counted(cell, count):
    assert parse_count(cell, ("人", "名")) == count


def test_the_longest_word_for_what_is_counted_is_taken_off():
    assert parse_count("3事業所", ("所", "事業所")) == 3


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("38.5人", NotWhole),
        (38.5, NotWhole),
        ("38件", NotANumber),
        ("人", NotANumber),
        ("3人人", NotANumber),
        ("1.2千人", NotANumber),
        (True, NotANumber),
        ("(38)", Negative),
        ("△3人", Negative),
    ],
)
def test_what_is_no_count_is_refused(cell, error):
    with pytest.raises(error):
        parse_count(cell, ("人", "名"))


@pytest.mark.parametrize(
    ("yen", "words"),
    [
        (4_550_000_000, "45億5,000万円"),
        (1_234, "1,234円"),
        (1_234_567_890, "12億3,456万7,890円"),
        (-5_000, "△5,000円"),
        (0, "0円"),
        (10_000, "1万円"),
        (100_000_001, "1億1円"),
        (114_000_000_000_000, "114兆円"),
        (12_345_000_000_000_000, "12,345兆円"),
    ],
)
def test_yen_in_words(yen, words):
    assert yen_words(yen) == words


@pytest.mark.parametrize(
    ("yen", "unit", "shown"),
    [
        (4_550_000_000, "億円", "45.5億円"),
        (4_500_000_000, "億円", "45億円"),
        (4_550_000_000, "千円", "4,550,000千円"),
        (4_550_000_001, "億円", "45.50000001億円"),
        (-12_345, "千円", "△12.345千円"),
        (0, "千円", "0千円"),
    ],
)
def test_yen_in_a_unit(yen, unit, shown):
    assert yen_in(yen, unit) == shown


@given(amounts)
def test_yen_in_words_are_read_back(yen):
    assert parse_yen(yen_words(yen)) == yen


@given(amounts, units)
def test_yen_in_a_unit_are_read_back(yen, unit):
    assert parse_yen(yen_in(yen, unit)) == yen
    assert parse_yen(in_unit(yen, unit), unit) == yen
    assert parse_yen(grouped(in_unit(yen, unit)), unit) == yen


@given(st.decimals(-(10**20), 10**20, places=6))
def test_a_grouped_number_is_read_back(number):
    assert parse_number(grouped(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (50_000, "5万"),
        (1_500, "1,500"),
        (12_345, "1万2,345"),
        (Decimal("0.40"), "0.4"),
        (Decimal("12345.6"), "1万2,345.6"),
        (Decimal("-3"), "△3"),
        (Decimal("5E+4"), "5万"),
        (0, "0"),
    ],
)
def test_numbers_in_words(number, words):
    assert number_words(number) == words
