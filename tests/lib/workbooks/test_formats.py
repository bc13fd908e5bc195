import pytest

from sumairu.lib.workbooks.formats import Shown, matters, shown

PLAIN = Shown("", "", 1)


@pytest.mark.parametrize(
    "code",
    [
        "General",
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
        ("0.0%", Shown("", "%", 1)),
        ("#,##0,", Shown("", "", 1000)),
        ('#,##0.0,,"百万円"', Shown("", "百万円", 1_000_000)),
        ('0.0"億円"', Shown("", "億円", 1)),
        ("0\\人", Shown("", "人", 1)),
        ('"令和"0"年度"', Shown("令和", "年度", 1)),
        ('[DBNum3]0"人"', Shown("", "人", 1)),
    ],
)
def test_what_a_format_adds_is_taken_apart(code, look):
    assert shown(code) == look


@pytest.mark.parametrize("code", ['[<10]"約"0;0"人"', "# ?/?", "0.00E+00", 'ggge"年度"', '0"人;"0', 'General"人"'])
def test_a_format_that_cannot_be_taken_apart_matters(code):
    assert shown(code) is None
    assert matters(code)
