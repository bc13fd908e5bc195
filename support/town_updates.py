"""Which updates are for a town."""

from django.db.models import Exists, OuterRef, Q

from sumairu.updates.models import UpdateFacet, facet_of
from support.applicants import Who
from support.calls_page.asked import Asked
from support.calls_page.judge import Judge
from support.descriptions import EDITIONS


def concerning(updates, town, judge=None):
    """Of `updates` those of what concerns the town, and of all programmes that do not exclude it."""
    judge = judge or Judge(Asked(town=town))
    of_town = UpdateFacet.objects.filter(update=OuterRef("pk"), facet=facet_of("town", town.code))
    programs = Q(kind=EDITIONS.slug) & ~Q(row__in=judge.excluding[Who.MUNICIPALITY])
    return updates.filter(Exists(of_town) | programs)
