"""Pages and the search with 1,000 and with 100,000 initiatives, figures, windows and updates, on both databases, in one run.

A portal of each size is served at the same time and asked in turns, so that whatever else the machine does meets both
alike. Every page is made anew for each request: a visitor with a message of their own is given no kept one.
"""

import json
import subprocess
import sys
from contextlib import ExitStack
from statistics import median
from urllib.parse import quote

from tests.bench.load import throughput
from tests.bench.many import RARE
from tests.bench.server import ROOT, VAR, own_database, serving, steps

SMALL, LARGE = 1_000, 100_000
CONSTANT = "/bench/constant/"
# What is looked for: in most texts, in one of 2,500, as a word of two characters, and in none.
WORDS = {"common": "地域おこし協力隊", "rare": RARE, "two_characters": "観光", "no_hit": "電波望遠鏡"}
# `{far_in}` is a key that nine tenths of the initiatives come before, `{initiative}` the code of one of 釧路.
PAGES = {
    "list": "/initiatives/",
    "list_of_all_years": "/initiatives/?year=",
    "list_far_in": "/initiatives/?year=&page=50",
    **{f"search_{name}": f"/search/?q={quote(word)}" for name, word in WORDS.items()},
    "town": "/municipalities/012068/",
    "town_sheet": "/municipalities/012068/analysis/",
    "region": "/regions/kushiro/",
    "home": "/",
    "calls": "/calls/",
    "calls_of_a_town": "/calls/?town=012068",
    "calls_of_a_pillar_soon": "/calls/?pillar=financial&within=30",
    "calls_of_a_month": "/calls/2026/12/",
    "calendar": "/calls/calendar.ics",
    "calls_feed": "/calls/feed.atom",
    "updates": "/updates/",
    "updates_feed_of_an_office": "/updates/feed.atom?office=kushiro",
    "updates_feed_of_a_town": "/updates/feed.atom?town=012068",
    "api_initiatives": "/api/v1/initiatives",
    "api_initiatives_of_an_office": "/api/v1/initiatives?office=kushiro",
    "api_initiatives_far_in": "/api/v1/initiatives?cursor=r{far_in}",
    "api_budget": "/api/v1/budget",
    "api_windows": "/api/v1/windows",
    "compare_towns": "/compare/?towns=012068,012076",
    "compare_offices": "/compare/?offices=kushiro,tokachi",
    "compare_years_of_a_program": "/compare/?program=keisoku-mihon-000&years=2025,2026",
    "map_of_an_initiative": "/map/?show=initiative.{initiative}",
    "support": "/support/",
    "program": "/programs/keisoku-mihon-000/",
    "support_for_a_town": "/support/find/?town=012068&pillar=financial&when=now",
}
ROUNDS, SECONDS = 5, 1
OWN = "messages=none"  # a cookie with which nobody is given a kept page (sumairu.publishing.cache)


def measure_sizes(url=""):
    """The figures of one database: PostgreSQL at `url`, else SQLite. Raises where a page asks more queries for more."""
    name = "postgresql" if url else "sqlite"
    with ExitStack() as stack:
        small, large = (_served(stack, url, size) for size in (SMALL, LARGE))
        inside = {size: _inside(*served[1:]) for size, served in ((SMALL, small), (LARGE, large))}
        if more := _asking_more(inside[SMALL]["queries"], inside[LARGE]["queries"]):
            raise RuntimeError(f"pages ask more queries for more rows: {more}")
        portals = [(size, served[0], inside[size]["keys"]) for size, served in ((SMALL, small), (LARGE, large))]
        rounds = [_round(portals) for _ in range(ROUNDS)]
    numbers = {f"{page}_queries_{name}": count for page, count in inside[LARGE]["queries"].items()}
    for page in PAGES:
        numbers[f"{page}_100k_vs_1k_{name}"] = _middle(each[SMALL, page] / each[LARGE, page] for each in rounds)
        numbers[f"{page}_100k_vs_constant_{name}"] = _middle(each[LARGE, page] / each["constant"] for each in rounds)
    sheet_vs_town = _middle(each[LARGE, "town"] / each[LARGE, "town_sheet"] for each in rounds)  # of their seconds
    numbers[f"town_sheet_vs_town_page_{name}"] = sheet_vs_town
    numbers[f"cached_page_vs_constant_{name}"] = _middle(each["cached"] / each["constant"] for each in rounds)
    faster = inside[LARGE]["search_vs_icontains"]
    numbers |= {f"search_{word}_100k_vs_icontains_{name}": ratio for word, ratio in faster.items()}
    return numbers | {f"search_100k_vs_icontains_{name}": min(faster.values())}


def _asking_more(few, many):
    """The pages that ask more queries for many rows than for few, with both counts. One that finds a page full may ask fewer."""
    return {page: (few[page], count) for page, count in many.items() if count > few[page]}


def _served(stack, url, size):
    """The address of a portal with so many rows, its folder and its database."""
    var = VAR / f"bench-{size}"
    database = stack.enter_context(own_database(url, f"bench_{size}")) if url else ""
    _, address = stack.enter_context(serving(var, database=database))
    _run("tests.bench.many", var, database, str(size))
    return address, var, database


def _inside(var, database):
    return json.loads(_run("tests.bench.inside", var, database).splitlines()[-1])


def _run(module, var, database, *arguments):
    """What a module prints, with the environment of the portal under `var`."""
    *_, environment = steps(var, 0, database)
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout.decode()


def _round(portals):
    """Answers per second of everything, once, each page on both portals one right after the other."""
    _, large, _ = portals[-1]
    answers = {"constant": throughput(large, CONSTANT, SECONDS), "cached": throughput(large, PAGES["home"], SECONDS)}
    for page, path in PAGES.items():
        for size, address, keys in portals:
            answers[size, page] = throughput(address, path.format(**keys), SECONDS, OWN)
    return answers


def _middle(ratios):
    return round(median(ratios), 3)
