"""The public page that a report is about: what it says now, and whose it is.

It is asked for as any visitor would ask, so that what is not public is not there: neither its text nor that it exists.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from regions.models import Desk, Initiative, Municipality, Subprefecture
from sumairu.furigana import without_furigana
from sumairu.lib.page_text import page_text, says
from sumairu.publishing.asked import query_of
from support.models import Program

LONGEST = 500  # characters of an address
OWN = ("report", "report_received")


@dataclass(frozen=True)
class SaidPage:
    address: str
    title: str
    text: str
    office: Subprefecture | None  # None: headquarters
    desk: Desk | None

    def says(self, about):
        return len(about) <= 300 and says(self.text, about)


def is_ours(address):
    """Is there a public view at `address`, a path of this portal?"""
    return _found(address) is not None


def page_at(address, request):
    """The page that a visitor would see at `address`; None where there is none for the public."""
    found = _found(address)
    if found is None:
        return None
    match, path, query = found
    try:
        response = match.func(_as_a_visitor(request, match, path, query), *match.args, **match.kwargs)
    except Http404:
        return None
    if not getattr(response, "is_rendered", True):
        response.render()  # the API says only then that it gives no HTML
    if response.status_code != 200 or response.streaming or "text/html" not in response.headers["Content-Type"]:
        return None
    title, text = page_text(response.content.decode())
    office, desk = _whose(match)
    return SaidPage(f"{path}?{query}" if query else path, title, text, office, desk)


def _found(address):
    path, _, query = without_furigana(address).partition("?")  # a page with ふりがな says what the page without does
    if not path.startswith("/") or path.startswith("//") or len(address) > LONGEST or not address.isprintable():
        return None
    query = query_of(path, query.encode().decode("latin-1"))
    if query is None:
        return None
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return None if match.url_name in OWN else (match, path, query)


def _as_a_visitor(request, match, path, query):
    """A request of nobody in particular, on the host that was asked."""
    asked = HttpRequest()
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.META = {
        name: request.META[name] for name in ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST") if name in request.META
    }
    asked.META |= {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    asked.GET, asked.user, asked.resolver_match = QueryDict(query), AnonymousUser(), match
    return asked


def _whose(match):
    """The office whose page it is and the desk to call, by what its address names; headquarters' where it names nothing of an office."""
    name, given = match.url_name, match.kwargs
    if name.startswith(("program_", "english_program")):
        program = Program.objects.filter(slug=given["slug"]).first()
        return None, program and program.desk_for(None)
    if name.startswith(("subprefecture_", "english_subprefecture")) and "slug" in given:
        return _of_office(Subprefecture.objects.filter(slug=given["slug"]).first())
    if name == "initiative_detail":
        initiative = Initiative.objects.filter(code=given["code"]).select_related("subprefecture").first()
        return _of_office(initiative and initiative.subprefecture)
    if name == "municipality_detail":
        town = Municipality.objects.filter(code=given["code"]).select_related("subprefecture").first()
        return _of_office(town and town.subprefecture)
    return None, None


def _of_office(office):
    return office, office and Desk.objects.filter(subprefecture=office).order_by("is_sample", "pk").first()
