"""Geometry of bar and line charts, in units of an SVG view box. Templates draw it, the style sheet colours it.

A chart says one thing, so it has few parts: bars or lines from a zero line, their values beside them, the years below.
A year without a figure is a gap with its name, never a zero. Where letters would meet, some are left out; those that
meet only on a phone, whose letters are larger, are marked `spare`.

>>> points = yearly({2018: 38, 2020: 33}, str)
>>> [(point.label, point.value_label) for point in points]
[('平成30年度', '38'), ('令和元年度', ''), ('令和2年度', '33')]
>>> chart = bar_chart(points)
>>> [(bar.value_label, bar.height, bar.newest) for bar in chart.bars], [gap.x for gap in chart.gaps]
([('38', 150, False), ('33', 130, True)], [221])
"""

from sumairu.lib.charts.bars import BarChart, bar_chart
from sumairu.lib.charts.lines import LineChart, line_chart
from sumairu.lib.charts.points import Number, Point, Series, signed, yearly

__all__ = [
    "BarChart",
    "LineChart",
    "Number",
    "Point",
    "Series",
    "bar_chart",
    "line_chart",
    "signed",
    "yearly",
]
