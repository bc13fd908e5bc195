"""Role by model by action, each by request, against a table that says it all; a model that is not in it fails.

`make test` asks each test of a third of the models, `make ci` of all.
"""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate

from sumairu.access import rule_for
from sumairu.accounts.models import SignInEvent
from sumairu.imports.models import FigureChange
from sumairu.outbox.writing import mailing
from sumairu.publishing.models import Status
from tests.admin_forms import form_data, post_confirmed, posted_again
from tests.exhaustive import sample
from tests.factories import (
    make_administrator,
    make_aim,
    make_assignment,
    make_budget_figure,
    make_case,
    make_cooperation_region,
    make_desk,
    make_dispatch,
    make_dispatch_figure,
    make_duty,
    make_edition,
    make_editor,
    make_fact,
    make_frame,
    make_headquarters_editor,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_issue,
    make_layout,
    make_local_note,
    make_municipal_fact,
    make_municipality,
    make_notice,
    make_policy,
    make_program,
    make_program_desk,
    make_report,
    make_run,
    make_stranger,
    make_strategy,
    make_strategy_indicator,
    make_subprefecture,
    make_synonym,
    make_theme,
    make_update,
    make_uptake,
    make_user,
    make_version,
    make_window,
)

pytestmark = pytest.mark.django_db

ROLES = {
    "k": lambda: make_editor("kushiro"),
    "n": lambda: make_editor("nemuro"),
    "h": make_headquarters_editor,
    "a": make_administrator,
    "stranger": make_stranger,
    "ended": lambda: (
        make_assignment(
            make_user("moto@example.jp"), make_subprefecture(), starts_on=date(2020, 4, 1), ends_on=date(2021, 3, 31)
        ).user
    ),
    "anonymous": None,
}


@dataclass
class Expected:
    """Who reaches which rows: K is 釧路's, N 根室's, H headquarters' own, A what is nobody's in particular.

    `k:K n:N` means: the editor in 釧路 the row K, that in 根室 the row N, nobody else any.
    """

    rows: str
    seen: str = "k:* n:* h:* a:*"  # list, view, history, export
    added: str = ""
    changed: str = ""
    deleted: str = ""
    imported: str | None = None  # None: there is no import
    mark: dict = field(default_factory=dict)  # the field that a change changes, and to what
    fresh: dict = field(default_factory=dict)  # what a new row has instead, to be a valid one
    publishes: bool = False


def kept(rows, by, **kw):
    """Rows that the same people add, change and delete."""
    return Expected(rows, added=by, changed=by, deleted=by, **kw)


OFFICES, HEADQUARTERS, ADMINISTRATOR = "k:K n:N a:*", "h:* a:*", "a:*"
OFFICES_AND_HEADQUARTERS = "k:K n:N h:* a:*"

EXPECTED = {
    "accounts.user": Expected(
        "A",
        seen=ADMINISTRATOR,
        added=ADMINISTRATOR,
        changed=ADMINISTRATOR,
        mark={"name": "変えた人"},
        fresh={"email": "atarashii@example.jp", "password1": "kushiro-shitsugen-8", "password2": "kushiro-shitsugen-8"},
    ),
    "accounts.signinevent": Expected("A", seen=ADMINISTRATOR),
    "imports.importrun": Expected("A", seen=HEADQUARTERS),
    "imports.layout": Expected(
        "A", seen=HEADQUARTERS, changed=HEADQUARTERS, deleted=HEADQUARTERS, mark={"name": "別の読み方"}
    ),
    "imports.figurechange": Expected("A"),
    "outbox.mailing": Expected("A", seen=HEADQUARTERS),
    "search.synonym": kept(
        "A", HEADQUARTERS, imported=HEADQUARTERS, mark={"group": "変えた"}, fresh={"word": "新しい言葉"}
    ),
    "updates.update": Expected("A", changed=HEADQUARTERS, mark={"is_hidden": "True"}),
    "versions.version": Expected("A", seen=ADMINISTRATOR),
    "regions.cooperationregion": Expected("A", changed=ADMINISTRATOR, mark={"name": "変えた地域"}),
    "regions.subprefecture": Expected("A", changed=ADMINISTRATOR, mark={"seat": "変えた市"}),
    "regions.municipality": Expected("KN", changed=ADMINISTRATOR, mark={"county": "変えた郡"}),
    "regions.municipalityalias": kept("A", HEADQUARTERS, mark={"name": "変えた"}, fresh={"name": "新しい別名"}),
    "regions.fact": kept("A", HEADQUARTERS, mark={"label": "変えた"}, fresh={"slug": "new"}),
    "regions.municipalfact": kept("A", HEADQUARTERS, mark={"source": "変えた"}, fresh={"year": "2031"}),
    "regions.indicator": kept(
        "A", HEADQUARTERS, mark={"source": "変えた"}, fresh={"slug": "new", "name": "新しい指標"}
    ),
    "regions.indicatorfigure": kept("A", HEADQUARTERS, mark={"amount": "1"}, fresh={"fiscal_year": "2031"}),
    "regions.theme": kept("A", HEADQUARTERS, mark={"name": "変えた"}, fresh={"slug": "new", "name": "新しい分野"}),
    "regions.regionalpolicy": kept(
        "KN",
        OFFICES,
        seen="k:K n:N h:* a:*",
        mark={"text": "変えた"},
        fresh={"fiscal_year": "令和12年度"},
        publishes=True,
    ),
    "regions.initiative": kept(
        "KN",
        OFFICES,
        seen="k:K n:N h:* a:*",
        imported=OFFICES,
        mark={"title": "変えた"},
        fresh={"code": ""},
        publishes=True,
    ),
    "regions.desk": kept("KNH", "k:K n:N h:H a:*", mark={"hours": "変えた"}, fresh={"section": "新しい課"}),
    "regions.staffassignment": Expected(
        "A",
        seen=ADMINISTRATOR,
        added=ADMINISTRATOR,
        changed=ADMINISTRATOR,
        mark={"ends_on": "2031-03-31"},
        fresh={"role": "administrator"},
    ),
    "support.program": kept(
        "A",
        HEADQUARTERS,
        imported=HEADQUARTERS,
        mark={"plain_name": "変えた"},
        fresh={"slug": "new", "official_name": "新しい制度"},
    ),
    "support.programedition": kept(
        "A",
        HEADQUARTERS,
        imported=HEADQUARTERS,
        mark={"summary": "変えた"},
        fresh={"fiscal_year": "R12"},
        publishes=True,
    ),
    "support_journal.issue": kept("A", HEADQUARTERS, mark={"title": "変えた"}, fresh={"number": "77"}, publishes=True),
    "support.localnote": kept(
        "KN", OFFICES_AND_HEADQUARTERS, mark={"text": "変えた"}, fresh={"edition": lambda: make_edition().pk}
    ),
    "support.applicationwindow": kept("KNH", OFFICES_AND_HEADQUARTERS, mark={"note": "変えた"}),
    "support.programdesk": kept(
        "KNH",
        OFFICES_AND_HEADQUARTERS,
        mark={"desk": lambda: make_desk().pk},
        fresh={"program": lambda: make_program().pk},
    ),
    "support.budgetfigure": kept("A", HEADQUARTERS, mark={"amount_yen": "1"}, fresh={"fiscal_year": "2031"}),
    "support.dispatchfigure": kept("A", HEADQUARTERS, mark={"headcount": "1"}, fresh={"fiscal_year": "2031"}),
    "support.dispatch": kept(
        "KN", OFFICES, seen="k:K n:N h:* a:*", imported=OFFICES, mark={"duties": "変えた"}, fresh={"code": "new"}
    ),
    "support_reports.report": Expected(
        "KNH", seen="k:K n:N h:* a:*", changed=OFFICES_AND_HEADQUARTERS, mark={"answer": "確かめた"}
    ),
    "support.dispatchduty": kept("A", HEADQUARTERS, mark={"source": "変えた"}, fresh={"name": "新しい業務"}),
    "support_notices.notice": kept(
        "KNH",
        OFFICES_AND_HEADQUARTERS,
        seen="k:K n:N h:* a:*",
        imported=OFFICES_AND_HEADQUARTERS,
        mark={"title": "変えた"},
        fresh={"code": ""},
        publishes=True,
    ),
    "support_cases.case": kept(
        "KNH",
        OFFICES_AND_HEADQUARTERS,
        seen="k:K n:N h:* a:*",
        imported=OFFICES_AND_HEADQUARTERS,
        mark={"title": "変えた"},
        fresh={"key": "new"},
        publishes=True,
    ),
    "support_strategies.townstrategy": kept(
        "KN",
        OFFICES_AND_HEADQUARTERS,
        seen="k:K n:N h:* a:*",
        imported=OFFICES_AND_HEADQUARTERS,
        mark={"title": "変えた"},
        fresh={"key": ""},
        publishes=True,
    ),
    "support_strategies.strategyaim": kept(
        "KN",
        OFFICES_AND_HEADQUARTERS,
        seen="k:K n:N h:* a:*",
        imported=OFFICES_AND_HEADQUARTERS,
        mark={"text": "変えた"},
        fresh={"number": "9"},
    ),
    "support_strategies.strategyindicator": kept(
        "KN",
        OFFICES_AND_HEADQUARTERS,
        seen="k:K n:N h:* a:*",
        imported=OFFICES_AND_HEADQUARTERS,
        mark={"unit": "件"},
        fresh={"name": "新しい指標"},
    ),
    "support_strategies.frame": kept(
        "A", HEADQUARTERS, mark={"title": "変えた"}, fresh={"slug": "new"}, publishes=True
    ),
    "support_uptake.uptakefigure": kept(
        "KN", OFFICES_AND_HEADQUARTERS, mark={"amount": "1"}, fresh={"fiscal_year": "2031"}
    ),
}

# Kept on the page of what they belong to, and tested there (test_giving_away.py, test_drafts_stay_home.py).
BENEATH = {
    "regions.initiativelink",
    "regions.initiativeattachment",
    "regions.initiativepicture",
    "support_cases.casefigure",
    "support_cases.caselink",
    "support_cases.caseattachment",
    "support_cases.casepicture",
    "support.programalias",
    "support.eligibilityrule",
    "support.editionattachment",
    "support.editionlink",
    "support_journal.article",
    "support_notices.noticelink",
    "support_notices.noticeattachment",
    "support_strategies.strategyattachment",
}
ACTIONS = {"publish": Status.PUBLISHED, "end": Status.ENDED, "take_back": Status.DRAFT, "delete_selected": None}
OF_ONE_KIND = {"confirm_today": "regions.desk"}  # actions of one list alone

# Lead to a page of their own, which asks who may (tests/support/test_same_year.py).
LEADING_ELSEWHERE = {"confirm_same_year", "reset_second_factor", "confirm_today"}
LEADING_ELSEWHERE |= {"stop_mailing", "send_unknown_again"}  # to the outbox (tests/outbox)


def reached(text, rows, role):
    """The rows of `k:K n:N` for one role."""
    found = dict(part.split(":") for part in text.split())
    return set(rows if found.get(role) == "*" else found.get(role, ""))


@pytest.fixture
def world():
    """One row of each model for each of those it can belong to."""
    kushiro, nemuro = make_subprefecture("kushiro"), make_subprefecture("nemuro")
    offices = {"K": kushiro, "N": nemuro, "H": None}
    run, program, edition = make_run(), make_program(), make_edition()
    figure = make_budget_figure(run=run)
    change = FigureChange.of(figure, None, figure.value)
    change.save()
    person = make_user("hoka@example.jp", "ほかの人")
    strategies = {
        name: make_strategy(municipality=make_municipality(town), status=Status.DRAFT)
        for name, town in (("K", "釧路市"), ("N", "根室市"))
    }

    def each(make, who, **kw):
        return {name: make(subprefecture=offices[name], **kw) for name in who}

    return {
        "accounts.user": {"A": person},
        "accounts.signinevent": {"A": SignInEvent.objects.create(kind="failed")},
        "imports.importrun": {"A": run},
        "imports.layout": {"A": make_layout()},
        "imports.figurechange": {"A": change},
        "outbox.mailing": {"A": mailing("digest", "11月30日の週")},
        "search.synonym": {"A": make_synonym()},
        "updates.update": {"A": make_update()},
        "versions.version": {"A": make_version()},
        "regions.cooperationregion": {"A": make_cooperation_region()},
        "regions.subprefecture": {"A": kushiro},
        "regions.municipality": {"K": make_municipality("釧路市"), "N": make_municipality("根室市")},
        "regions.municipalityalias": {"A": make_municipality("釧路市").aliases.create(name="釧路シティ")},
        "regions.fact": {"A": make_fact("bare")},
        "regions.municipalfact": {"A": make_municipal_fact()},
        "regions.indicator": {"A": make_indicator("人口")},
        "regions.indicatorfigure": {"A": make_indicator_figure()},
        "regions.theme": {"A": make_theme()},
        "regions.regionalpolicy": each(make_policy, "KN", status=Status.DRAFT),
        "regions.initiative": each(make_initiative, "KN", status=Status.DRAFT),
        "regions.desk": each(make_desk, "KNH"),
        "regions.staffassignment": {"A": make_assignment(person)},
        "support.program": {"A": make_program()},
        "support.programedition": {"A": make_edition(status=Status.DRAFT)},
        "support_journal.issue": {"A": make_issue(status=Status.DRAFT)},
        "support.localnote": each(make_local_note, "KN", edition=edition),
        "support.applicationwindow": each(make_window, "KNH", edition=edition),
        "support.programdesk": each(make_program_desk, "KNH", program=program),
        "support.budgetfigure": {"A": make_budget_figure()},
        "support.dispatchfigure": {"A": make_dispatch_figure()},
        "support.dispatch": {
            name: make_dispatch(municipality=make_municipality(town))
            for name, town in (("K", "釧路市"), ("N", "根室市"))
        },
        "support.dispatchduty": {"A": make_duty()},
        "support_notices.notice": each(make_notice, "KNH", status=Status.DRAFT),
        "support_uptake.uptakefigure": {
            name: make_uptake(municipality=make_municipality(town)) for name, town in (("K", "釧路市"), ("N", "根室市"))
        },
        "support_strategies.townstrategy": strategies,
        "support_strategies.strategyaim": {name: make_aim(each) for name, each in strategies.items()},
        "support_strategies.strategyindicator": {
            name: make_strategy_indicator(each) for name, each in strategies.items()
        },
        "support_strategies.frame": {"A": make_frame(status=Status.DRAFT)},
        "support_reports.report": each(make_report, "KNH"),
        "support_cases.case": each(make_case, "KNH", status=Status.DRAFT),
    }


@pytest.fixture
def browsers(world):
    """Of each role a browser in which somebody of it is signed in; the administrator's shows every form."""
    return {role: signed_in(make() if make else None) for role, make in ROLES.items()}


def signed_in(user):
    client = Client()
    if user:
        client.force_login(user)
    return client


def url(label, page, *args):
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


def undone(request):
    """Do `request` and look at what it did, with nothing of it left afterwards."""
    with transaction.atomic():
        outcome = request()
        transaction.set_rollback(True)
    return outcome


def test_every_model_of_the_admin_is_in_the_table():
    assert {model._meta.label_lower for model in admin.site._registry} == set(EXPECTED)


def test_every_model_with_a_rule_is_in_the_admin_or_beneath_one_that_is():
    ruled = {model._meta.label_lower for model in apps.get_models() if rule_for(model)}
    assert ruled == set(EXPECTED) | BENEATH


def test_every_action_is_in_the_table():
    found = {name for model_admin in admin.site._registry.values() for name, _ in _action_names(model_admin)}
    assert found == {*ACTIONS, *OF_ONE_KIND, *LEADING_ELSEWHERE}


def _action_names(model_admin):
    return [(name, description) for _, name, description in model_admin._get_base_actions()]


def test_lists_show_the_rows_one_may_see(world, browsers):
    def shown(role, label):
        response = browsers[role].get(url(label, "changelist"))
        if response.status_code != 200:
            assert response.status_code == (302 if role in ("stranger", "ended", "anonymous") else 403)
            return set()
        if "cl" not in response.context:  # a list drawn in another way, whose rows are links
            page = response.content.decode()
            return {name for name, row in world[label].items() if url(label, "change", row.pk) in page}
        listed = set(response.context["cl"].queryset)
        return {name for name, row in world[label].items() if row in listed}

    assert _by_role(shown) == _expected("seen")


@pytest.mark.parametrize("page", ["change", "history"])
def test_pages_open_for_the_rows_one_may_see(world, browsers, page):
    def opened(role, label):
        statuses = {
            name: browsers[role].get(url(label, page, row.pk)).status_code for name, row in world[label].items()
        }
        # Whose model one may see at all is told nothing of the other rows, not even that they exist.
        seen = reached(EXPECTED[label].seen, EXPECTED[label].rows, role)
        assert {status for name, status in statuses.items() if name not in seen} <= {
            404 if role in "knha" else 302,
            403,
        }
        if seen:
            assert all(status == 404 for name, status in statuses.items() if name not in seen)
        return {name for name, status in statuses.items() if status == 200}

    first = {"change": 1, "history": 4}[page]
    assert _by_role(opened, first) == _expected("seen", first)


def test_exports_hold_the_rows_one_may_see(world, browsers):
    def exported(role, label):
        response = browsers[role].post(url(label, "export"), {"format": "1", "resource": "0"})
        if response.status_code != 200:
            return 0
        return response.content.decode("utf-8-sig").count("\r\n") - 1

    def expected(role, label):
        seen = reached(EXPECTED[label].seen, EXPECTED[label].rows, role)
        hidden = len(world[label]) - len(seen)
        return apps.get_model(label)._default_manager.count() - hidden if seen else 0

    assert _by_role(exported, first=7) == _by_role(expected, first=7)


def test_rows_are_changed_by_those_who_keep_them(world, browsers):
    assert _outcome(world, browsers, _changed, first=3) == _expected("changed", first=3)


def test_rows_are_added_by_those_who_keep_them(world, browsers):
    assert _outcome(world, browsers, _added, first=4) == _expected("added", first=4)


def test_rows_are_deleted_by_those_who_keep_them(world, browsers):
    assert _outcome(world, browsers, _deleted, first=5) == _expected("deleted", first=5)


def test_tables_are_imported_by_those_who_keep_their_rows(world, browsers):
    assert _outcome(world, browsers, _imported, first=6) == _expected("imported", first=6)


@pytest.mark.exhaustive
@pytest.mark.parametrize("action", ACTIONS)
def test_actions_touch_the_rows_that_one_keeps(world, browsers, action):
    def touched(browsers, role, label, row):
        before = {"delete_selected": None, "take_back": Status.PUBLISHED, "end": Status.PUBLISHED}.get(action)
        if action == "delete_selected":
            return not _acted(browsers[role], label, row, action)
        if not EXPECTED[label].publishes:
            return False
        if before:
            type(row).objects.filter(pk=row.pk).update(status=before)
        return _acted(browsers[role], label, row, action).status == ACTIONS[action]

    first = list(ACTIONS).index(action) % 6
    expected = _expected("deleted" if action == "delete_selected" else "changed", first)
    if action != "delete_selected":
        expected = {
            role: {label: rows if EXPECTED[label].publishes else set() for label, rows in of_role.items()}
            for role, of_role in expected.items()
        }
    assert _outcome(world, browsers, touched, first) == expected


def test_a_desk_is_confirmed_by_those_who_keep_it(world, browsers):
    label = OF_ONE_KIND["confirm_today"]

    def confirmed(role, row):
        return _acted(browsers[role], label, row, "confirm_today").confirmed_on == localdate()

    for role in ROLES:
        found = {name for name, row in world[label].items() if undone(lambda r=row, by=role: confirmed(by, r))}
        assert found == reached(EXPECTED[label].changed, EXPECTED[label].rows, role), role


def _acted(browser, label, row, action):
    post_confirmed(
        browser,
        url(label, "changelist"),
        {"action": action, ACTION_CHECKBOX_NAME: [row.pk], "post": "yes", "index": "0"},
    )
    return type(row).objects.filter(pk=row.pk).first()


def _by_role(of, first=0):
    """Of all models; in a sample of each eighth from the `first` on, so that the tests together ask of all of them."""
    labels = sample(EXPECTED, every=8, first=first)
    return {role: {label: of(role, label) for label in labels} for role in ROLES}


def _outcome(world, browsers, do, first=0):
    """Of which rows each role does it; all of them one after another, each as if the others had not been."""

    def done(role, label):
        rows = world[label].items()
        return {name for name, row in rows if undone(lambda r=row: do(browsers, role, label, r))}

    return _by_role(done, first)


def _expected(what, first=0):
    def expected(role, label):
        return reached(getattr(EXPECTED[label], what) or "", EXPECTED[label].rows, role)

    return _by_role(expected, first)


def _given(values):
    return {name: value() if callable(value) else value for name, value in values.items()}


@pytest.fixture(autouse=True)
def forms_shown():
    """What an administrator's forms show, each asked for once."""
    SHOWN.clear()


SHOWN = {}


def _shown(browsers, address):
    if address not in SHOWN:
        SHOWN[address] = browsers["a"].get(address)
    return SHOWN[address]


def _changed(browsers, role, label, row):
    """Is the row changed by what an administrator's form would send?"""
    mark = _given(EXPECTED[label].mark)
    data = form_data(_shown(browsers, url(label, "change", row.pk))) | mark
    post_confirmed(browsers[role], url(label, "change", row.pk), data)
    now = type(row).objects.get(pk=row.pk)
    return bool(mark) and all(
        str(getattr(now, f"{name}_id", getattr(now, name))) == str(value) for name, value in mark.items()
    )


def _added(browsers, role, label, row):
    expected, model = EXPECTED[label], type(row)
    data = form_data(_shown(browsers, url(label, "change", row.pk)), add=True)
    before = model._default_manager.count()
    post_confirmed(browsers[role], url(label, "add"), data | _given(expected.fresh))
    return model._default_manager.count() > before


def _deleted(browsers, role, label, row):
    address = url(label, "delete", row.pk)
    seen = posted_again(_shown(browsers, address)).get("_version", "")
    post_confirmed(browsers[role], address, {"post": "yes", "_version": seen})
    return not type(row).objects.filter(pk=row.pk).exists()


TABLES = {
    "regions.initiative": ("取組コード,取組名", lambda row: [row.code, "変えた"]),
    "support_notices.notice": ("お知らせコード,件名", lambda row: [row.code, "変えた"]),
    "support_cases.case": ("URL名,タイトル", lambda row: [row.key, "変えた"]),
    "support_strategies.townstrategy": ("戦略番号,名称", lambda row: [row.key, "変えた"]),
    "support_strategies.strategyaim": (
        "戦略番号,番号,基本目標",
        lambda row: [row.strategy.key, str(row.number), "変えた"],
    ),
    "support_strategies.strategyindicator": (
        "戦略番号,基本目標の番号,指標,単位",
        lambda row: [row.strategy.key, str(row.aim_number), row.name, "件"],
    ),
    "support.program": ("制度番号,やさしい名称", lambda row: [row.slug, "変えた"]),
    "support.programedition": ("制度番号,年度,概要", lambda row: [row.program.slug, str(row.fiscal_year), "変えた"]),
    "support.dispatch": ("台帳番号,業務", lambda row: [row.code, "変えた"]),
    "search.synonym": ("言葉,まとまり", lambda row: [row.word, "変えた"]),
}


def _imported(browsers, role, label, row):
    browser = browsers[role]
    try:
        address = url(label, "import")
    except NoReverseMatch:
        assert EXPECTED[label].imported is None
        return False
    header, values = TABLES[label]
    table = f"{header}\r\n{','.join(values(row))}\r\n".encode()
    response = browser.post(address, {"import_file": SimpleUploadedFile("表.csv", table), "resource": "0"})
    confirm = getattr(response, "context_data", None) and response.context_data.get("confirm_form")
    if confirm:
        browser.post(url(label, "process_import"), confirm.initial)
    row.refresh_from_db()
    return any(getattr(row, name) == value for name, value in EXPECTED[label].mark.items())
