"""Saves that the public sees make its pages anew, and no others: for every kind of record, of whatever app."""

from itertools import product

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sumairu import changes
from sumairu.models import ContentVersion
from sumairu.publishing.models import Publishable, Status
from tests.admin_forms import deleted, form_data, post_confirmed
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
    make_fact,
    make_frame,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_issue,
    make_local_note,
    make_municipal_fact,
    make_municipality,
    make_notice,
    make_policy,
    make_program_desk,
    make_report,
    make_stranger,
    make_strategy,
    make_strategy_indicator,
    make_subprefecture,
    make_synonym,
    make_theme,
    make_update,
    make_uptake,
    make_window,
)
from tests.indexing import followed_by_the_index
from tests.test_access_matrix import EXPECTED

pytestmark = pytest.mark.django_db

# What is public in a state of its own, or through what has one: how to make one in a state.
IN_A_STATE = {
    "regions.initiative": lambda status: make_initiative(status=status),
    "regions.regionalpolicy": lambda status: make_policy(status=status),
    "support.programedition": lambda status: make_edition(status=status),
    "support_journal.issue": lambda status: make_issue(status=status),
    "support.program": lambda status: make_edition(status=status).program,
    "support.programdesk": lambda status: make_program_desk(program=make_edition(status=status).program),
    "support.localnote": lambda status: make_local_note(edition=make_edition(status=status)),
    "support.applicationwindow": lambda status: make_window(edition=make_edition(status=status)),
    "support.dispatchduty": lambda status: make_duty(program=make_edition(status=status).program),
    "support.budgetfigure": lambda status: make_budget_figure(program=make_edition(status=status).program),
    "support.dispatchfigure": lambda status: make_dispatch_figure(program=make_edition(status=status).program),
    "support_notices.notice": lambda status: make_notice(status=status),
    "support_strategies.townstrategy": lambda status: make_strategy(status=status),
    "support_strategies.strategyaim": lambda status: make_aim(make_strategy(status=status)),
    "support_strategies.strategyindicator": lambda status: make_strategy_indicator(make_strategy(status=status)),
    "support_strategies.frame": lambda status: make_frame(status=status),
    "support_cases.case": lambda status: make_case(status=status),
    "support_uptake.uptakefigure": lambda status: make_uptake(program=make_edition(status=status).program),
}
# What is public as soon as it is there, or may be.
ALWAYS = {
    "regions.cooperationregion": make_cooperation_region,
    "regions.subprefecture": make_subprefecture,
    "regions.municipality": make_municipality,
    "regions.municipalityalias": lambda: make_municipality().aliases.create(name="釧路シティ"),
    "regions.fact": make_fact,
    "regions.municipalfact": make_municipal_fact,
    "regions.indicator": make_indicator,
    "regions.indicatorfigure": make_indicator_figure,
    "regions.theme": make_theme,
    "regions.desk": make_desk,
    "search.synonym": make_synonym,
    "updates.update": make_update,
}
# What no page shows.
NEVER = {
    "regions.staffassignment": lambda: make_assignment(make_stranger()),
    "support.dispatch": make_dispatch,
    "support_reports.report": make_report,
}
STATED = [label for label in IN_A_STATE if label in {kind._meta.label_lower for kind in Publishable.__subclasses__()}]


@pytest.fixture
def staff(client):
    client.force_login(make_administrator())
    return client


@pytest.fixture(autouse=True)
def all_is_found(db):
    with followed_by_the_index():
        yield


def url(row, page="change"):
    label = row._meta.label_lower.replace(".", "_")
    return reverse(f"admin:{label}_{page}", args=[] if page in ("changelist", "import", "export") else [row.pk])


def moves(act):
    before = ContentVersion.current()
    response = act()
    assert response.status_code == 302, response.content.decode()
    return ContentVersion.current() > before


def saved(client, row, **changed):
    """The form of a row as it is drawn, posted with other values, and confirmed where that is asked."""
    return post_confirmed(client, url(row), form_data(client.get(url(row))) | changed)


def marked(client, row):
    """Saved with another value of the field that stands for all of its kind."""
    wanted = {
        name: value() if callable(value) else value for name, value in EXPECTED[row._meta.label_lower].mark.items()
    }
    return saved(client, row, **wanted)


def test_every_kind_of_record_is_in_a_table():
    kinds = {model._meta.label_lower for model in admin.site._registry if model._meta.db_table in changes._tables()}
    assert kinds == {*IN_A_STATE, *ALWAYS, *NEVER}


@pytest.mark.parametrize(
    ("status", "label"), sample(product([Status.DRAFT, Status.REVIEW, Status.ENDED], IN_A_STATE), every=3)
)
def test_a_save_of_what_is_not_public_moves_nothing(staff, label, status):
    row = IN_A_STATE[label](status)
    assert not moves(lambda: marked(staff, row))


@pytest.mark.parametrize("label", NEVER)
def test_a_save_of_what_no_page_shows_moves_nothing(staff, label):
    row = NEVER[label]()
    assert not moves(lambda: marked(staff, row))


@pytest.mark.parametrize("label", [*IN_A_STATE, *ALWAYS])
def test_a_save_of_what_is_public_moves(staff, label):
    row = IN_A_STATE[label](Status.PUBLISHED) if label in IN_A_STATE else ALWAYS[label]()
    assert moves(lambda: marked(staff, row))


@pytest.mark.parametrize("label", STATED)
def test_publishing_and_ending_move(staff, label):
    row = IN_A_STATE[label](Status.DRAFT)
    assert not moves(lambda: saved(staff, row, status=Status.REVIEW))
    assert moves(lambda: saved(staff, row, status=Status.PUBLISHED))
    assert moves(lambda: saved(staff, row, status=Status.ENDED))
    assert not moves(lambda: saved(staff, row, status=Status.DRAFT))


@pytest.mark.parametrize("label", STATED)
def test_so_do_the_actions_of_the_lists(staff, label):
    row = IN_A_STATE[label](Status.DRAFT)

    def act(name):
        return post_confirmed(staff, url(row, "changelist"), {"action": name, "_selected_action": [row.pk]})

    assert moves(lambda: act("publish"))
    assert moves(lambda: act("end"))
    assert not moves(lambda: act("take_back"))


@pytest.mark.parametrize("label", STATED)
def test_a_deleted_draft_moves_nothing(staff, label):
    row = IN_A_STATE[label](Status.DRAFT)
    assert not moves(lambda: deleted(staff, url(row, "delete")))


@pytest.mark.parametrize("label", STATED)
def test_a_page_in_between_moves_nothing(staff, label):
    """What it tells was found by making the change and taking it back."""
    row, before = IN_A_STATE[label](Status.DRAFT), ContentVersion.current()
    data = form_data(staff.get(url(row))) | {"status": Status.PUBLISHED}
    assert staff.post(url(row), data).context["rehearsal"]
    act = {"action": "publish", "_selected_action": [row.pk]}
    assert staff.post(url(row, "changelist"), act).context["rehearsal"]
    assert ContentVersion.current() == before


@pytest.mark.parametrize("label", [label for label in EXPECTED if EXPECTED[label].imported])
def test_the_preview_of_a_table_moves_nothing(staff, label):
    row = IN_A_STATE[label](Status.PUBLISHED) if label in IN_A_STATE else (ALWAYS | NEVER)[label]()
    table = staff.post(url(row, "export"), {"format": "1", "resource": "0"}).content
    before = ContentVersion.current()
    data = {
        "import_file": SimpleUploadedFile("表.csv", table.replace("です".encode(), "でした".encode())),
        "format": "0",
    }
    response = staff.post(url(row, "import"), data)
    assert "confirm_form" in response.context
    assert ContentVersion.current() == before
