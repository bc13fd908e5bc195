import pytest

from sumairu.lib.widths import half_width


@pytest.mark.parametrize(
    ("full", "half"),
    [
        ("ＡＺａｚ０９", "AZaz09"),
        ("（－，．／～！）", "(-,./~!)"),
        ("令和　３", "令和 3"),
    ],
)
def test_full_width_ascii_becomes_ascii(full, half):
    assert half_width(full) == half


@pytest.mark.parametrize("text", ["²", "①", "⑴", "㋿", "ｶﾞ", "ー", "−", "円"])
def test_everything_else_stays(text):
    assert half_width(text) == text
