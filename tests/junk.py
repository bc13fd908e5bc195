"""Junk, and how it is sent: what stands in addresses, fields and bodies that nobody meant, and everybody meets."""

import re
from datetime import date
from http.cookies import SimpleCookie
from urllib.parse import quote, urljoin

import pytest
from django.db import transaction
from django.urls import URLResolver, get_resolver

from tests.factories import (
    make_aim,
    make_attachment,
    make_budget_figure,
    make_case,
    make_case_figure,
    make_desk,
    make_dispatch,
    make_dispatch_figure,
    make_duty,
    make_edition,
    make_frame,
    make_indicator_figure,
    make_initiative,
    make_layout,
    make_local_note,
    make_municipal_fact,
    make_notice,
    make_picture,
    make_policy,
    make_report,
    make_rule,
    make_run,
    make_strategy,
    make_strategy_indicator,
    make_theme,
    make_uptake,
    make_window,
)

# As they stand in an address; %xx are bytes.
JUNK = [
    "",
    " ",
    "0",
    "-1",
    "1e309",
    "9" * 30,
    "9" * 10_000,
    "９",
    "%00",
    "a%00b",
    "%ff%fe",
    "%ED%A0%80",
    "x" * 5000,
    "2021-02-31",
    "0000-00-00",
    "99999-01-01",
    "'\"--",
    "(a|a)*b$",
    "[1,2]",
    "{}",
    "../../etc/passwd",
    "<script>",
    "True",
    "None",
    "nan",
    "%F0%9F%8F%94",
    "word " * 300,
]
# As they stand in a field of a form.
TEXTS = [junk.replace("%00", "\x00").replace("%F0%9F%8F%94", "🏔") for junk in JUNK]
IDS = ["0", "-1", "9" * 30, "x", "_3C", "%00", "%ff", "１", "x" * 500]
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")  # in the address of a URL, what it asks for
ACCEPTED = {200, 301, 302, 400, 403, 404, 405, 413, 422}  # the last: what the API cannot read


def furnish():
    """A row of everything that has a page, a list or a form."""
    edition = make_edition()
    make_window(edition=edition), make_rule(edition=edition), make_budget_figure(program=edition.program)
    make_dispatch_figure(program=edition.program), make_duty(program=edition.program), make_desk()
    make_dispatch(program=edition.program), make_municipal_fact(), make_indicator_figure()
    make_uptake(program=edition.program)
    make_local_note(edition=edition)
    initiative = make_initiative()
    theme = make_theme()
    initiative.themes.add(theme), edition.program.themes.add(theme)
    make_picture(initiative), make_attachment(initiative), make_attachment(edition)
    notice = make_notice(act_by=date(2099, 3, 31))
    notice.themes.add(theme), notice.programs.add(edition.program), make_attachment(notice)
    case = make_case(themes=[theme], programs=[edition.program], made_from=initiative)
    make_picture(case), make_attachment(case), make_case_figure(case)
    make_policy(), make_run(), make_layout(), make_report()
    strategy = make_strategy()
    make_aim(strategy).themes.add(theme)
    make_strategy_indicator(strategy), make_attachment(strategy), make_frame(has_support=True)


def answer(client, method, url, *args, **kw):
    """The response, read to its end: one of those that a server gives on purpose. Nothing that was done stays done."""
    cookies = client.cookies.output(header="", sep=";")
    try:
        with transaction.atomic():
            response = getattr(client, method)(url, *args, **kw)
            response.whole = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
    except Exception as error:
        pytest.fail(f"{method} {url[:300]} {str(args)[:300]} {str(kw)[:300]}: {error!r}")
    client.cookies = SimpleCookie(cookies)
    assert response.status_code in ACCEPTED, (method, url[:300], str(args)[:300], response.status_code)
    return response


def answer_and_follow(client, url, followed):
    """Ask for `url` and for where it leads on, there once: what is in the set `followed` has answered already."""
    response = answer(client, "get", url)
    target = urljoin(url, response.get("Location", url))
    if target not in followed and target != url:
        followed.add(target)
        answer_and_follow(client, target, followed)


def routes(patterns=None, before=""):
    """Of every URL how its address is written: `programs/<key:slug>/`."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif "(?P" not in route:
            yield route


def in_path(junk):
    return quote(junk, safe="%/")
