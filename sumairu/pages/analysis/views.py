from django.http import Http404
from django.shortcuts import get_object_or_404, render

from regions.models import Municipality
from sumairu.downloads import kept_file
from sumairu.downloads.taking import TAKES, taken
from sumairu.pages.analysis.sheet import AnalysisSheet
from sumairu.publishing.asked import asks


@asks(*TAKES)
def analysis_sheet(request, code):
    """What the portal's figures say of a town, on a page and on two to four sheets of A4."""
    sheet = _sheet(code)
    context = {"section": "municipalities", "parents": sheet.parents, "sheet": sheet}
    return taken(request, lambda: sheet.shown) or render(request, "pages/analysis_sheet.html", context)


@asks()
def analysis_workbook(request, code):
    """Every chapter in one workbook; where nothing is known there is none."""
    sheet = _sheet(code)
    if not sheet.shown:
        raise Http404("このまちの数値は、まだありません。")
    return kept_file(sheet.workbook, sheet.workbook_name)


def _sheet(code):
    towns = Municipality.objects.governed().select_related("subprefecture")
    return AnalysisSheet(get_object_or_404(towns, code=code))
