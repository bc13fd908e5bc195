"""What an address may ask of a list: what the list itself offers, and nothing else.

Django takes any lookup on a model's own fields, so `?body__regex=…` could hold the database for a minute, and one that
leads backwards told of rows that nobody may see. Here whatever is not offered, or cannot be read, is put aside.
"""

import re
from contextlib import suppress
from datetime import date
from functools import wraps

from django.contrib import messages
from django.contrib.admin import FieldListFilter, ListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpResponseRedirect

LONGEST_VALUE = 200
LONGEST_SEARCH, MOST_WORDS = 200, 10
# How Django writes the order, the page, all of it, an error, and that counts are shown.
ORDER, NUMBER = re.compile(r"-?[0-9]{1,2}(\.-?[0-9]{1,2}){0,9}"), re.compile(r"[0-9]{1,7}")
STRUCTURE = {
    "q": lambda value: len(value) <= LONGEST_SEARCH,
    "o": ORDER.fullmatch,
    "p": NUMBER.fullmatch,
    "all": lambda value: value == "",
    "e": lambda value: len(value) <= 1,
    "_facets": lambda value: value in ("", "True"),
}
KEY = re.compile(r"[0-9]{1,18}")  # fits every integer of both databases


def offered(model_admin, request):
    """The names of parameters by which the list can be narrowed."""
    names = set()
    for item in model_admin.get_list_filter(request):
        names |= _names_of(item, model_admin, request)
    if day := model_admin.date_hierarchy:
        names |= {f"{day}__{part}" for part in ("year", "month", "day")}
    return names


def tidied(model_admin, request):
    """The request's query without what the list does not offer or cannot read."""
    query, names = request.GET.copy(), offered(model_admin, request)
    for name in list(query):
        values = query.getlist(name)
        if name in STRUCTURE:
            is_fit = len(values) == 1 and STRUCTURE[name](values[0])
        else:
            is_fit = name in names and all(len(value) <= LONGEST_VALUE for value in values)
        if not is_fit:
            del query[name]
    if day := model_admin.date_hierarchy:
        _keep_real_day(query, day)
    return query


def within_what_is_offered(view):
    """For the pages of a list: a GET that asks for more is led to what it may ask; in a POST the rest is put aside."""

    @wraps(view)
    def guarded(self, request, *args, **kwargs):
        query = tidied(self, request)
        if query.keys() != request.GET.keys():
            if request.method == "GET":
                messages.warning(request, "この一覧では使えない条件を外して表示しています。")
                return HttpResponseRedirect(f"{request.path}{'?' if query else ''}{query.urlencode()}")
            request.GET = query
        if request.method == "POST":
            _keep_keys(request, "_selected_action")
        try:
            return view(self, request, *args, **kwargs)
        except IncorrectLookupParameters:  # by the export; the list has an answer of its own
            messages.warning(request, "読み取れない条件があったため、条件を外しました。")
            return HttpResponseRedirect(request.path)

    return guarded


class SafeAutocomplete(AutocompleteSelect):
    """Draws again whatever was posted; Django's asks the database for it, number or not."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [each for each in value if KEY.fullmatch(str(each))], attr)


def fit_to_search(text):
    """As much of a search text as a database can look for in good time."""
    return " ".join(text[:LONGEST_SEARCH].split()[:MOST_WORDS])


def _names_of(item, model_admin, request):
    if isinstance(item, type) and issubclass(item, ListFilter):
        return {item.parameter_name}
    path, kind = item if isinstance(item, tuple | list) else (item, None)
    field = get_fields_from_path(model_admin.model, path)[-1]
    make = kind or FieldListFilter.create
    return set(make(field, request, {}, model_admin.model, model_admin, field_path=path).expected_parameters())


def _keep_real_day(query, field):
    names = [f"{field}__{part}" for part in ("year", "month", "day")]
    given = [query[name] for name in names if name in query]
    if given and not (given == [query.get(name) for name in names[: len(given)]] and _is_day(given)):
        for name in names:
            query.pop(name, None)


def _is_day(parts):
    """Are these a year, a month of one, or a day of one, near enough to our time for every calendar?"""
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        return False
    with suppress(ValueError):
        return 1900 <= date(*map(int, (*parts, "1", "1")[:3])).year <= 2200
    return False


def _keep_keys(request, name):
    """Of what was ticked, what can be the number of a row."""
    ticked = request.POST.getlist(name)
    kept = [value for value in ticked if KEY.fullmatch(value)]
    if kept != ticked:
        request.POST = request.POST.copy()
        request.POST.setlist(name, kept)
