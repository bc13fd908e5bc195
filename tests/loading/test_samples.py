"""The samples, loaded once for all tests here; what comes and goes with them is in test_removing_samples."""

from datetime import date

import pytest

from regions.models import Desk, Initiative, RegionalPolicy
from sumairu.accounts.models import User
from sumairu.loading.content import load_content
from sumairu.loading.facts import load_tables
from sumairu.loading.samples import load_samples, remove_samples, sample_models
from sumairu.publishing.models import Status
from support.models import ApplicationWindow, EligibilityRule
from support.strategies.models import Frame

ON = date(2026, 11, 24)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def samples(loaded_once):
    with loaded_once(load_tables, load_content, lambda: load_samples(ON)):
        yield


def all_samples():
    return [row for model in [*sample_models(), User] for row in model.objects.filter(is_sample=True)]


@pytest.mark.exhaustive
def test_every_kind_that_can_be_a_sample_has_one():
    """But for the prefecture's own strategy: there is one at a time, and an invented one would be taken for it."""
    assert [model for model in sample_models() if not model.objects.filter(is_sample=True).exists()] == [Frame]


def test_samples_say_so_in_their_words():
    titles = [row.title for row in Initiative.objects.filter(is_sample=True)]
    desks = [desk.section for desk in Desk.objects.all()]
    assert [text for text in titles + desks if "見本" not in text] == []


def test_rules_are_kept_as_a_form_would_keep_them():
    """A value that nobody has read stands in no form: a list that is taken for one name excludes everybody."""
    for rule in EligibilityRule.objects.select_related("fact"):
        kept = rule.value, rule.operator
        rule.clean()
        assert (rule.value, rule.operator) == kept


def test_every_office_and_headquarters_has_a_desk_and_some_are_stale():
    assert Desk.objects.count() == 15
    assert 0 < Desk.objects.stale(ON).count() < 15


def test_windows_are_open_soon_and_closed_around_the_day_of_loading():
    states = {window.state(ON) for window in ApplicationWindow.objects.filter(is_sample=True)}
    assert states == set(ApplicationWindow.State) - {ApplicationWindow.State.UNCONFIRMED}


def test_the_newest_public_year_of_initiatives_is_still_the_papers():
    assert Initiative.objects.published(ON).newest_year() == 2021
    assert RegionalPolicy.objects.published(ON).newest_year() == 2021


def test_both_editors_find_something_unfinished():
    unfinished = Initiative.objects.filter(status__in=[Status.DRAFT, Status.REVIEW], is_sample=True)
    found = sorted(unfinished.values_list("subprefecture__slug", "status"))
    assert found == [("kushiro", "draft"), ("kushiro", "review"), ("nemuro", "draft"), ("nemuro", "review")]


@pytest.mark.exhaustive
def test_samples_are_valid_as_an_editor_would_have_to_write_them():
    for row in all_samples():
        row.full_clean()


def test_loading_again_adds_nothing():
    before = len(all_samples())
    assert load_samples(ON) == {}
    assert len(all_samples()) == before


def test_a_dry_run_counts_and_removes_nothing():
    before = len(all_samples())
    counted = remove_samples(dry_run=True)
    assert len(all_samples()) == before == sum(counted.values())
