"""`python -m tests.bench.inside`: the keys and the queries of the pages, and the search against `icontains`, in one process.

For a database that `tests.bench.many` has filled; the environment names it as for manage.py. Prints one line of JSON.
"""

import json
import os
from functools import reduce
from operator import or_
from statistics import median
from time import perf_counter

from tests.bench.many_programs import SOURCE, YEARS
from tests.bench.sizes import PAGES, WORDS

ROUNDS = 5
FIELDS = ("title", "summary", "body", "partners")
BESIDE = ("themes__name", "municipalities__name", "attachments__title")
SHOWN = 20


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sumairu.settings")
    django.setup()
    from django.conf import settings
    from django.test import Client

    from tests.costs import queries_of

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(headers={"Cookie": "messages=none"})
    keys = _keys()
    queries = {page: queries_of(client, path.format(**keys)) for page, path in PAGES.items()}
    print(json.dumps({"keys": keys, "queries": queries, "search_vs_icontains": _search_vs_icontains()}))


def _keys():
    """What the addresses of `PAGES` leave open: where the list of initiatives is far advanced, and one of a year and office."""
    from regions.models import Initiative

    pks = Initiative.objects.published().order_by("pk").values_list("pk", flat=True)
    initiative = Initiative.objects.filter(source=SOURCE, subprefecture__slug="kushiro", fiscal_year=YEARS[-1])
    return {"far_in": pks[pks.count() * 9 // 10], "initiative": initiative.order_by("code").first().code}


def _search_vs_icontains():
    """How many times as fast each word is found, with how often, and which are the first: medians of rounds in turns."""
    rounds = [
        {name: (_seconds(_by_index, word), _seconds(_by_icontains, word)) for name, word in WORDS.items()}
        for _ in range(ROUNDS)
    ]
    return {name: round(median(each[name][1] / each[name][0] for each in rounds), 1) for name in WORDS}


def _seconds(find, word):
    begun = perf_counter()
    find(word)
    return perf_counter() - begun


def _by_index(word):
    from sumairu.search.finding import Search

    search = Search(word)
    return search.count_words, search.ids[:SHOWN]


def _by_icontains(word):
    """As it was before there was an index, in the same parts; of the initiatives alone, without other ways to write a word."""
    from django.db.models import Q

    from regions.models import Initiative

    found = [Q(**{f"{field}__icontains": word}) for field in FIELDS]
    for field in BESIDE:
        rows = Initiative.objects.filter(**{f"{field}__icontains": word})
        found.append(Q(pk__in=rows.values("pk")))
    rows = Initiative.objects.published().filter(reduce(or_, found))
    return rows.count(), list(rows.values_list("pk", flat=True)[:SHOWN])


if __name__ == "__main__":
    main()
