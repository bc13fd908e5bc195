"""What search engines may find: the pages that lists begin at, and every public row of what is described."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from regions.models import Municipality, Subprefecture
from sumairu.descriptions import described
from sumairu.paging import KeyPaginator
from support.models import Program

ROWS_A_FILE = 1_000  # a file of 50,000, as the protocol allows, takes seconds
ENTRANCES = [
    "home",
    "english_home",
    "support_list",
    "support_find",
    "call_list",
    "notice_list",
    "subprefecture_list",
    "initiative_list",
    "case_list",
    "compare",
    "map",
    "figures",
    "indicator_list",
    "uptake_list",
    "issue_list",
    "strategy_list",
    "municipality_list",
    "search",
    "data",
    "api_page",
    "about",
    "accessibility",
    "updates",
    "mail",
]
OF_MAIL = {"mail"}  # there where mail is sent


class _Portal(Sitemap):
    limit = ROWS_A_FILE

    @property
    def protocol(self):
        return urlsplit(settings.PUBLIC_ADDRESS).scheme

    def get_domain(self, site=None):
        return urlsplit(settings.PUBLIC_ADDRESS).netloc


class Entrances(_Portal):
    def items(self):
        return [name for name in ENTRANCES if settings.SENDS_MAIL or name not in OF_MAIL]

    def location(self, name):
        return reverse(name)


class Rows(_Portal):
    def __init__(self, kind):
        self.kind = kind

    def items(self):
        return self.kind.rows_listed().prefetch_related(None)

    @property
    def paginator(self):
        return KeyPaginator(self._items(), self.limit)

    def lastmod(self, row):
        return self.kind.changed(row)

    def get_latest_lastmod(self):
        """None: to know it for the list of files, every row of each would be read."""


class InEnglish(_Portal):
    """The pages of offices, and of the programmes that have been given an English name."""

    def items(self):
        programs = Program.objects.published().exclude(name_en="")
        offices = [("english_subprefecture_detail", office.slug) for office in Subprefecture.objects.all()]
        return offices + [("english_program_detail", program.slug) for program in programs]

    def location(self, page):
        name, slug = page
        return reverse(name, args=[slug])


class Analyses(_Portal):
    """The analysis sheet of each town."""

    def items(self):
        return Municipality.objects.governed().values_list("code", flat=True)

    def location(self, code):
        return reverse("analysis_sheet", args=[code])


def sitemaps():
    return {"entrances": Entrances, "english": InEnglish, "analyses": Analyses} | {
        kind.slug: Rows(kind) for kind in described()
    }
