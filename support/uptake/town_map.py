"""What towns took in a year, as a map."""

from functools import partial

from django.db.models import Sum

from regions.town_map import town_map
from sumairu.imports.models import about_words, value_words
from sumairu.lib.wareki import full_name
from support.uptake.models import Counted


def map_of_uptake(figures, year, counted="", office=None):
    """The map of what `figures` of `year` count, each town's summed over programmes; None where there are none.

    Of what is `counted`, else of the first thing that any of them counts.
    """
    figures = figures.in_year(year).order_by()
    there = set(figures.values_list("counted", flat=True).distinct())
    counted = next((each for each in Counted if each in there and counted in ("", each)), None)
    if counted is None:
        return None
    sums = figures.filter(counted=counted).values("municipality").annotate(sum=Sum("amount"))
    return town_map(
        title=f"{full_name(year)}の{counted.label}",
        values={town: int(total) for town, total in sums.values_list("municipality", "sum")},
        say=partial(value_words, measure=counted.measure),
        about=partial(about_words, measure=counted.measure),
        office=office,
        unit=counted.unit,
        nothing=f"使わなかった（{value_words(0, counted.measure)}）",
    )
