"""What is not public is nowhere public: every address of the portal is asked for it, in every state that hides."""

from datetime import date, timedelta

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils.timezone import localdate

from regions.models import RegionalPolicy
from sumairu.descriptions import described, tables
from sumairu.publishing.models import Status
from sumairu.search.index import rebuild
from sumairu.updates.ledger import note_waiting
from sumairu.updates.upkeep import look_after
from support.cases.models.cases import TEXTS
from support.models import ApplicationWindow
from tests.exhaustive import sample
from tests.factories import (
    make_aim,
    make_article,
    make_attachment,
    make_budget_figure,
    make_case,
    make_case_figure,
    make_dispatch_figure,
    make_duty,
    make_edition,
    make_frame,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_issue,
    make_local_note,
    make_municipal_fact,
    make_municipality,
    make_notice,
    make_picture,
    make_policy,
    make_program,
    make_rule,
    make_run,
    make_strategy,
    make_strategy_indicator,
    make_subprefecture,
    make_theme,
    make_uptake,
    make_window,
)

pytestmark = pytest.mark.django_db

MARK = "門外不出"
COMMON = "共通の言葉"  # what is hidden has it too, so that a search finds what it must not show
SECRET = f"{COMMON} {MARK}"
HIDDEN_YEAR, HIDDEN_YEAR_NAME = 2031, "令和13年度"

API_KEYS = {
    "offices": ["kushiro", "tokachi"],
    "municipalities": ["012068"],
    "initiatives": ["kushiro-2021-1", "kushiro-2031-1"],
    "indicators": ["tax"],
    "notices": ["open", "hidden"],
    "cases": ["open", "hidden"],
}
STATES = {
    "draft": lambda: {"status": Status.DRAFT},
    "to be confirmed": lambda: {"status": Status.REVIEW},
    "ended": lambda: {"status": Status.ENDED},
    "from tomorrow": lambda: {"status": Status.PUBLISHED, "publish_on": localdate() + timedelta(days=1)},
    "until yesterday": lambda: {"status": Status.PUBLISHED, "unpublish_on": localdate() - timedelta(days=1)},
}

OVER = {"ended", "until yesterday"}  # the public has seen it, and is told that it ended

COMPARED = [
    "towns=012068,012076",
    "programs=open,hidden",
    f"program=open&years=2021,{HIDDEN_YEAR}",
    "program=hidden",
    f"office=kushiro&years=2021,{HIDDEN_YEAR}",
    "offices=kushiro,tokachi",
]


def addresses():
    """Of every public URL name, the addresses to ask: those of what is public and those of what is not."""
    kushiro, tokachi, years = "kushiro", "tokachi", [2021, HIDDEN_YEAR]
    asked = {
        "home": [()],
        "subprefecture_list": [()],
        "subprefecture_detail": [(kushiro,), (tokachi,)],
        "subprefecture_year": [(office, year) for office in (kushiro, tokachi) for year in years],
        "english_home": [()],
        "english_subprefecture_detail": [(kushiro,), (tokachi,)],
        "english_program_detail": [("open",), ("hidden",)],
        "initiative_list": [()],
        "initiative_detail": [("kushiro-2021-1",), ("kushiro-2031-1",)],
        "initiative_file": [],
        "initiative_picture": [],
        "municipality_list": [()],
        "municipality_detail": [("012068",), ("012076",)],
        "similar_towns": [("012068",), ("012076",)],
        "analysis_sheet": [("012068",), ("012076",)],
        "analysis_workbook": [],
        "support_list": [()],
        "support_find": [()],
        "call_list": [()],
        "call_calendar": [()],
        "call_feed": [()],
        "update_feed": [()],
        "call_month": [(HIDDEN_YEAR, month) for month in (5, 6)],
        "pillar_detail": [("financial",), ("informational",), ("human",)],
        "program_detail": [("open",), ("hidden",)],
        "program_year": [(program, year) for program in ("open", "hidden") for year in years],
        "decision_sheet": [("open", "012068"), ("hidden", "012068")],
        "decision_sheet_year": [(program, year, "012068") for program in ("open", "hidden") for year in years],
        "decision_workbook": [],
        "decision_workbook_year": [],
        "program_file": [],
        "indicator_list": [()],
        "indicator_detail": [("tax",)],
        "indicator_year": [("tax", 2021)],
        "indicator_csv": [("tax",)],
        "compare": [()],
        "map": [()],
        "figures": [()],
        "moved_csv": [("budget",)],
        "columns_csv": [()],
        "table_csv": [(slug,) for slug in tables()],
        "data_xlsx": [],
        "data_json": [(slug,) for slug in tables()],
        "data_csv_plain": [(slug,) for slug in tables()],
        "data_package": [(slug,) for slug in tables()],
        "data_catalogue": [()],
        "source_workbook": [],
        "api_page": [()],
        "api:openapi-json": [()],
        "api:sets": [()],
        **{f"api:records-{slug}": [()] for slug in tables()},
        **{f"api:record-{slug}": [(key,) for key in keys] for slug, keys in API_KEYS.items()},
        "notice_list": [()],
        "notice_feed": [()],
        "notice_detail": [("open",), ("hidden",)],
        "notice_file": [],
        "uptake_list": [()],
        "strategy_list": [()],
        "strategy_detail": [("open",), ("hidden",)],
        "strategy_file": [],
        "frame_detail": [("open",), ("hidden",)],
        "case_list": [()],
        "case_detail": [("open",), ("hidden",)],
        "case_file": [],
        "case_picture": [],
        "issue_list": [()],
        "issue_detail": [(1,), (2,)],
        "issue_whole": [(1,), (2,)],
        "issue_book": [],
        "article_detail": [(1, 1), (1, 2), (2, 1)],
        "search": [()],
        "search_suggest": [()],
        "address_css": [()],
        "robots": [()],
        "sitemaps": [()],
        "sitemap": [("entrances",), ("english",), ("analyses",), *((kind.slug,) for kind in described())],
        "about": [()],
        "accessibility": [()],
        "data": [()],
        "updates": [()],
        "report": [()],
        "report_received": [()],
        "mail": [()],
        "mail_reminder": [()],
        "mail_sent": [()],
        "link": [()],
        "sample_mailbox": [()],
        "sample_message": [(1,)],
    }
    charts = [f"format=json&table={kind}-{slug}" for kind in ("budget", "dispatch") for slug in ("open",)]
    queries = {
        "figures": ["", *charts],
        "initiative_list": [
            "",
            "year=",
            f"year={HIDDEN_YEAR}",
            "year=&theme=hidden",
            f"year=&q={COMMON}",
            "year=&format=json",
        ],
        "support_list": ["", "theme=hidden"],
        "support_find": ["", "ask=end", "ask=theme", "theme=hidden", "town=012068&when=now", "ask=end&format=json"],
        "call_calendar": ["", "town=012068"],
        "call_feed": ["", "pillar=human"],
        "update_feed": ["", "office=tokachi", "pillar=human"],
        "call_list": ["", "town=012068", "applicant=group&pillar=human&within=30"],
        "search": ["", f"q={COMMON}", *(f"q={COMMON}&kind={kind.slug}" for kind in described())],
        "case_list": ["", "program=hidden", f"q={COMMON}", "format=json"],
        "case_detail": ["", "format=json&table=cases", "format=json&table=case-figures"],
        "uptake_list": ["", "program=hidden", f"year={HIDDEN_YEAR}", "town=012068"],
        "notice_list": ["", "theme=hidden", "town=012068", "due=ahead", f"q={COMMON}", "format=json"],
        "notice_feed": ["", "town=012068", "office=kushiro", "pillar=human"],
        "search_suggest": [f"q={COMMON}", f"q={MARK}"],
        "compare": ["", *COMPARED, *(f"{query}&format=csv" for query in COMPARED)],
        "map": [
            "",
            *(f"show={sort}.{slug}" for sort in ("program", "call") for slug in ("open", "hidden")),
            "show=initiative.kushiro-2031-1",
        ],
        "program_detail": ["", "town=012068", "format=json&table=programs", "format=json&table=windows"],
        "subprefecture_detail": ["", "format=json&table=initiatives", "format=json&table=municipalities"],
        "municipality_list": ["", "q=く"],
        "report": ["", "page=/programs/open/", "page=/programs/hidden/", "page=/programs/open/2031/"],
        "report_received": ["page=/programs/hidden/"],
        "mail_reminder": [f"call={window.pk}" for window in ApplicationWindow.objects.all()],
        "municipality_detail": ["", "format=json&table=support", "format=json&table=initiatives"],
    }
    return {
        name: [f"{reverse(name, args=args)}?{query}" for args in all_args for query in queries.get(name, [""])]
        for name, all_args in asked.items()
    }


def public_names(patterns=None, path=""):
    """The names of all URLs outside the staff side, from the URLconf itself."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace and not route.startswith("admin/") else ""
            yield from (f"{inside}{name}" for name in public_names(pattern.url_patterns, route))
        elif not route.startswith("admin/"):
            yield pattern.name


def make_world(**publishing):
    """Public things, and beside each a twin that bears the mark and is public or not as `publishing` says.

    The addresses of the twins' files.
    """
    town = make_municipality("釧路市")
    for each in (town, make_municipality("帯広市")):
        make_municipal_fact(municipality=each)
    shown = make_initiative(code="kushiro-2021-1", title=f"{COMMON}の取組")
    make_policy(text=f"{COMMON}の方向")
    program = make_program(slug="open", official_name=f"{COMMON}の制度")
    make_edition(program=program)
    make_budget_figure(program=program)
    make_dispatch_figure(program=program)
    make_uptake(program=program)
    make_indicator_figure(indicator=make_indicator(f"{COMMON}の指標", slug="tax"))

    text = {
        "title": SECRET,
        "summary": SECRET,
        "body": SECRET,
        "partners": SECRET,
        "source_note": SECRET,
        "result": SECRET,
        "cost_note": SECRET,
    }
    initiative = make_initiative(
        code="kushiro-2031-1", fiscal_year=HIDDEN_YEAR, predecessor=shown, source=SECRET, **text, **publishing
    )
    initiative.themes.add(make_theme(f"分野{MARK}", "hidden"))
    initiative.municipalities.add(town)
    initiative.links.create(label=SECRET, url="https://example.jp/")
    shown.predecessor = initiative
    shown.save()
    make_policy(fiscal_year=HIDDEN_YEAR, text=SECRET, source=SECRET, **publishing)
    RegionalPolicy.objects.create(
        subprefecture=make_subprefecture("tokachi"), fiscal_year=HIDDEN_YEAR, text=SECRET, **publishing
    )

    hidden = make_program(slug="hidden", official_name=SECRET, plain_name=SECRET, name_en=SECRET, pillar="human")
    hidden.themes.add(make_theme(f"分野{MARK}", "hidden"))
    hidden.aliases.create(name=SECRET)
    program.successor = hidden
    program.save()
    texts = dict.fromkeys(("summary", "summary_en", "body"), SECRET)
    files = [make_attachment(initiative, SECRET), make_picture(initiative, alt=SECRET, credit=SECRET)]
    for owner in (program, hidden):
        edition = make_edition(program=owner, fiscal_year=HIDDEN_YEAR, source=SECRET, **texts, **publishing)
        make_rule(edition=edition, wording=SECRET)
        make_window(edition=edition, opens_on=None, closes_on=None, note=SECRET)
        make_window(edition=edition, opens_on=None, closes_on=date(HIDDEN_YEAR, 5, 31), note=SECRET)
        make_local_note(edition=edition, text=SECRET)
        make_duty(program=owner, fiscal_year=HIDDEN_YEAR, name=SECRET)
        files.append(make_attachment(edition, f"{SECRET} {owner.slug}"))
    notice = make_notice(
        code="hidden",
        title=SECRET,
        text=SECRET,
        to_do=SECRET,
        act_by=date(HIDDEN_YEAR, 5, 31),
        human=True,
        subprefecture=town.subprefecture,
        **dict.fromkeys(("ministry", "basis", "desk_says", "source"), SECRET),
        **publishing,
    )
    notice.themes.add(make_theme(f"分野{MARK}", "hidden"))
    notice.municipalities.add(town)
    notice.links.create(label=SECRET, url="https://example.jp/")
    files.append(make_attachment(notice, SECRET))
    beside = make_notice(code="open", title=f"{COMMON}のお知らせ", subprefecture=town.subprefecture, replaced_by=notice)
    beside.programs.add(hidden)
    make_strategy(municipality=town, key="open", first_year=2010, last_year=2014)
    make_frame(slug="open", has_support=True)
    strategy = make_strategy(
        municipality=town,
        key="hidden",
        last_year=HIDDEN_YEAR,
        title=SECRET,
        summary=SECRET,
        source=SECRET,
        **publishing,
    )
    make_aim(strategy, text=SECRET).themes.add(make_theme(f"分野{MARK}", "hidden"))
    make_strategy_indicator(strategy, name=SECRET, note=SECRET)
    files.append(make_attachment(strategy, f"{SECRET} 戦略"))
    make_frame(slug="hidden", title=SECRET, summary=SECRET, body=SECRET, source=SECRET, **publishing)
    run = make_run()
    make_budget_figure(program=hidden, run=run, sheet=MARK)
    make_budget_figure(program=hidden, run=run, sheet=MARK, subprefecture=make_subprefecture())
    make_dispatch_figure(program=hidden, run=run, sheet=MARK)
    make_uptake(program=hidden, run=run, sheet=MARK)
    open_case = make_case([town], programs=[program, hidden], key="open", title=f"{COMMON}の事例", made_from=initiative)
    told = dict.fromkeys(("title", "subtitle", "summary", "body", "result", "funds", "source", *TEXTS), SECRET)
    case = make_case([town], initiative.themes.all(), [program, hidden], key="hidden", **told, **publishing)
    case.fiscal_year = HIDDEN_YEAR
    case.save()
    make_case_figure(case, what=SECRET, source=SECRET)
    case.links.create(label=SECRET, url="https://example.jp/")
    open_case.related.add(case), case.related.add(open_case)
    files += [make_attachment(case, f"{SECRET}の事例"), make_picture(case, alt=SECRET, credit=SECRET)]
    issue, draft = (
        make_issue(number=1),
        make_issue(number=2, title=SECRET, editorial=SECRET, source=SECRET, **publishing),
    )
    make_article(issue=issue, title=f"{COMMON}の記事", initiative=initiative)
    make_article(issue=issue, body=SECRET, lead=SECRET, writer=SECRET, withdrawn_because="誤りのため")
    make_article(issue=draft, title=SECRET, body=SECRET)
    rebuild()
    look_after()
    note_waiting()
    return [file.get_absolute_url() for file in files]


def content(client, address):
    response = client.get(address)
    return (b"".join(response) if response.streaming else response.content).decode()


def showing(client):
    """The names of the URLs whose pages show the mark or the hidden year."""
    return {
        name
        for name, asked in addresses().items()
        for address in asked
        if MARK in (page := content(client, address)) or HIDDEN_YEAR_NAME in page
    }


def test_every_public_address_is_asked():
    assert set(public_names()) == addresses().keys()


@pytest.mark.parametrize("state", sample(STATES, every=6))
def test_what_is_not_public_is_on_no_page(client, state):
    make_world(**STATES[state]())
    assert showing(client) == set()


@pytest.mark.parametrize("state", sample(STATES, every=3))
def test_what_is_not_public_gives_no_file(client, state):
    files = make_world(**STATES[state]())
    assert {client.get(file).status_code for file in files} == {410 if state in OVER else 404}


@pytest.mark.parametrize("state", sample(STATES, every=3))
@pytest.mark.parametrize(
    "address",
    [
        "/initiatives/kushiro-2031-1/",
        "/notices/hidden/",
        "/programs/hidden/",
        "/programs/open/2031/",
        "/regions/tokachi/2031/",
        "/cases/hidden/",
        "/journal/2/",
        "/journal/2/1/",
    ],
)
def test_what_is_not_public_is_not_found(client, state, address):
    make_world(**STATES[state]())
    assert client.get(address).status_code == (410 if state in OVER else 404)


@pytest.mark.exhaustive
def test_the_same_things_show_everywhere_once_they_are_public(client):
    """Without this the tests above could pass by asking for what no page would show."""
    files = make_world(status=Status.PUBLISHED)
    facts = {"municipality_list", "indicator_list", "indicator_detail", "indicator_year", "indicator_csv"}
    facts |= {"english_subprefecture_detail", "analysis_sheet", "analysis_workbook"}  # figures of towns alone
    portal = {
        "about",
        "address_css",
        "moved_csv",
        "columns_csv",
        "data_xlsx",
        "data_package",
        "data_catalogue",
        "api_page",
        "api:openapi-json",
        "api:sets",
        *(f"api:record-{slug}" for slug in ("municipalities", "offices", "indicators")),
        *(f"api:records-{slug}" for slug in ("municipalities", "offices", "indicators", "indicator-figures")),
        "robots",
        "sitemaps",
        "sitemap",
        "accessibility",
        "data",
        "report_received",
        "mail",
        "mail_sent",
        "link",
        "sample_mailbox",
        "sample_message",
    }
    hidden = {"initiative_file", "initiative_picture", "program_file", "decision_workbook", "decision_workbook_year"}
    hidden |= {"source_workbook", "case_file", "case_picture", "notice_file", "strategy_file", "issue_book"}
    assert addresses().keys() - showing(client) == hidden | facts | portal
    assert {client.get(file).status_code for file in files} == {200}
