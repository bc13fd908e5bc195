"""The years of a page as one line of links, in which the years without anything are visible gaps.

>>> [(year.label, year.sub_label, year.url) for year in year_strip({2021: "/2021/", 2023: "/2023/"}, 2021, 2024)]
... # doctest: +NORMALIZE_WHITESPACE
[('令和3年度', '2021', '/2021/'), ('令和4年度', '未公開', ''), ('令和5年度', '2023', '/2023/'),
 ('令和6年度', '未公開', '')]
>>> year_strip({}, None, 2024)
[]
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sumairu.lib.wareki import era_name


@dataclass(frozen=True)
class YearLink:
    label: str
    sub_label: str
    url: str  # empty for a gap
    is_here: bool


def year_strip(
    urls: Mapping[int, str],
    here: int | None,
    until: int,
    gap: str = "未公開",
    name: Callable[[int], str] = era_name,
) -> list[YearLink]:
    """Every year from the first in `urls` to the last or `until`; `here` is the one that is open."""
    if not urls:
        return []
    return [
        YearLink(name(year), str(year) if year in urls else gap, urls.get(year, ""), year == here)
        for year in range(min(urls), max(*urls, until) + 1)
    ]
