"""Pages with readings above their words (ふりがな): the same pages, at the same addresses after `/furigana`.

All that a page links to through Django stays there with it, since the prefix is that of the script. What is no page for
readers of Japanese (files, pages in English, those of staff) is where it is without.
"""

from django.http import HttpResponseRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils.http import escape_leading_slashes

PREFIX = "/furigana"
WITHOUT = ("/admin/", "/en/")


def show_furigana(get_response):
    def middleware(request):
        if not request.path_info.startswith(f"{PREFIX}/"):
            return get_response(request)
        path = request.path_info.removeprefix(PREFIX)
        if not path.endswith("/") or path.startswith(WITHOUT):
            return HttpResponseRedirect(escape_leading_slashes(without_furigana(request.get_full_path())))
        request.path_info, request.has_furigana = path, True
        before = get_script_prefix()
        set_script_prefix(f"{PREFIX}/")
        try:
            return get_response(request)
        finally:
            set_script_prefix(before)

    return middleware


def has_furigana(request):
    return getattr(request, "has_furigana", False)


def without_furigana(address):
    """The address at which the same page is without; that of a page without is its own."""
    return address.removeprefix(PREFIX) if address.startswith(f"{PREFIX}/") else address


def other_address(request):
    """Where the page is with ふりがな, or from there without; with the same query."""
    address = request.get_full_path()
    return without_furigana(address) if has_furigana(request) else f"{PREFIX}{address}"
