import pytest

from sumairu.lib.year_strip import year_strip


@pytest.mark.parametrize(
    ("years", "here", "until", "shown"),
    [
        pytest.param([2021], 2021, 2021, ["2021*"], id="one year"),
        pytest.param([2019, 2021], 2019, 2020, ["2019*", "未公開", "2021"], id="a gap, and one year to come"),
        pytest.param([2021], None, 2023, ["2021", "未公開", "未公開"], id="nothing since, none open"),
        pytest.param([], None, 2023, [], id="nothing at all"),
    ],
)
def test_every_year_to_the_last_is_there_and_gaps_are_seen(years, here, until, shown):
    strip = year_strip({year: f"/{year}/" for year in years}, here, until)
    assert [f"{year.sub_label}{'*' if year.is_here else ''}" for year in strip] == shown
    assert [bool(year.url) for year in strip] == [year.sub_label != "未公開" for year in strip]
