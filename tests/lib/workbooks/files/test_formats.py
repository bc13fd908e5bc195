import pytest

from sumairu.lib.workbooks.files.formats import (
    Style,
    formats_that_matter,
    matters,
    shows_day,
    shows_fiscal_year,
    style_of,
)


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "GENERAL",
        "G/標準",
        "0.00E+00",
        "0",
        "#,##0",
        "#,##0_);(#,##0)",
        "#,##0_ ;[Red]\\-#,##0\\ ",
        '#,##0;"△ "#,##0',
        '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
        "0.00",
        "@",
    ],
)
def test_a_format_that_only_dresses_a_number_does_not_matter(code):
    assert not matters(code)


@pytest.mark.parametrize(
    ("code", "look"),
    [
        ("0.0%", Style("", "%", 1)),
        ("#,##0,", Style("", "", 1000)),
        ('#,##0.0,,"百万円"', Style("", "百万円", 1_000_000)),
        ('0.0"億円"', Style("", "億円", 1)),
        ("0\\人", Style("", "人", 1)),
        ('"令和"0"年度"', Style("令和", "年度", 1)),
        ('[DBNum3]0"人"', Style("", "人", 1)),
        ('General"人"', Style("", "人", 1)),
    ],
)
def test_what_a_format_adds_is_taken_apart(code, look):
    assert style_of(code) == look


@pytest.mark.parametrize("code", ['[<10]"約"0;0"人"', "# ?/?", 'ggge"年度"', '0"人;"0'])
def test_a_format_that_cannot_be_taken_apart_matters(code):
    assert style_of(code) is None
    assert matters(code)


@pytest.mark.parametrize("code", ["[$-411]ge.m.d", 'yyyy"年"m"月"', '[$-ja-JP]ggge"年"', "h:mm", '[$-411]ggge"年度";@'])
def test_a_format_of_days_is_known(code):
    assert shows_day(code)


@pytest.mark.parametrize("code", ["General", "G/標準", "0", "0.00E+00", '"令和"0"年度"', '0"日"', "[Red]0", "@"])
def test_a_format_of_numbers_is_none_of_days(code):
    assert not shows_day(code)


def test_a_year_alone_called_fiscal_is_told_from_other_days():
    codes = ('ggge"年度"', 'yyyy"年度"', 'ggge"年度"m"月"', 'ggge"年"', '0"年度"')
    assert [shows_fiscal_year(code) for code in codes] == [True, True, False, False, False]


def test_the_dates_that_japanese_excel_has_built_in_are_known_by_their_number():
    styles = [("cellXfs", {}), ("xf", {"numFmtId": "57"}), ("xf", {"numFmtId": "1"}), ("xf", {"numFmtId": "31"})]
    assert {style: shows_day(code) for style, code in formats_that_matter(styles).items()} == {"0": True, "2": True}
