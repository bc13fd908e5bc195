from django.shortcuts import render

from sumairu.downloads import attached_file
from sumairu.downloads.taking import TAKES, taken
from sumairu.publishing.asked import asks
from sumairu.publishing.ended import public_or_ended
from support.strategies.forms import StrategyFilter
from support.strategies.models import Frame, TownStrategy
from support.strategies.pages import FramePage, ListPage, StrategyPage


@asks(StrategyFilter, *TAKES)
def strategy_list(request):
    page = ListPage(StrategyFilter(request.GET))
    context = {"section": "municipalities", "parents": page.parents, "page": page}
    return taken(request, lambda: page.shown) or render(request, "strategies/strategy_list.html", context)


@asks(*TAKES)
def strategy_detail(request, key):
    page = StrategyPage(_strategy(key))
    context = {"section": "municipalities", "parents": page.parents, "page": page}
    return taken(request, lambda: page.shown) or render(request, "strategies/strategy_detail.html", context)


@asks()
def strategy_file(request, key, digest, name):
    return attached_file(_strategy(key).attachments.all(), digest, name)


def _strategy(key):
    """The public strategy; one that has ended, and all beneath it, is told to be so."""
    rows = TownStrategy.objects.filter(key=key)
    return public_or_ended(rows.published().select_related("municipality__subprefecture"), rows)


@asks(*TAKES)
def frame_detail(request, slug):
    rows = Frame.objects.filter(slug=slug)
    page = FramePage(public_or_ended(rows.published(), rows))
    context = {"section": "municipalities", "parents": page.parents, "page": page}
    return taken(request, lambda: page.shown) or render(request, "strategies/frame_detail.html", context)
