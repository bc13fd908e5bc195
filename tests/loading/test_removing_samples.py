from io import StringIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import CommandError, call_command

from regions.models import Initiative, StaffAssignment
from sumairu.accounts.models import User
from sumairu.loading.content import load_content
from sumairu.loading.samples import RealOnSample, load_samples, remove_samples
from sumairu.search.finding import Search
from sumairu.search.index import differences, rebuild
from support.models import BudgetFigure, Dispatch, Program, ProgramDesk, ProgramEdition
from tests.factories import (
    make_budget_figure,
    make_desk,
    make_editor,
    make_initiative,
    make_local_note,
    make_program,
    make_program_desk,
    make_run,
)
from tests.loading.test_samples import ON, all_samples


@pytest.fixture
def loaded(official_tables):
    load_content()


@pytest.mark.exhaustive
def test_loading_changes_nothing_real(loaded):
    desk = make_program_desk(program=Program.objects.get(slug="kuni-kofukin-sodan"))
    load_samples(ON)
    assert ProgramDesk.objects.get(program=desk.program) == desk


def test_removing_leaves_what_is_real_and_nothing_else(loaded):
    before = [Initiative.objects.count(), Program.objects.count(), ProgramEdition.objects.count()]
    load_samples(ON)
    removed = remove_samples()
    assert (removed["窓口"], removed["職員派遣"]) == (15, 4)
    assert all_samples() == []
    assert [Initiative.objects.count(), Program.objects.count(), ProgramEdition.objects.count()] == before


@pytest.mark.exhaustive
def test_what_is_loaded_is_found_and_what_is_removed_is_not(loaded):
    rebuild()
    load_samples(ON)
    assert Search("見本").ids
    assert differences() == []
    remove_samples()
    assert not Search("見本").ids
    assert differences() == []


@pytest.mark.django_db
def test_samples_that_follow_one_another_go_together():
    first = make_initiative(is_sample=True)
    make_initiative(is_sample=True, fiscal_year=2022, predecessor=first)
    assert remove_samples() == {"取組": 2}


def real_successor():
    return make_initiative(title="本物の取組", predecessor=make_initiative(is_sample=True))


def real_figure():
    return make_budget_figure(program=make_program(is_sample=True))


def real_note_on_sample_edition():
    program = make_program()
    edition = ProgramEdition.objects.create(program=program, fiscal_year=2026, summary="見本", is_sample=True)
    return make_local_note(edition=edition)


def real_programme_at_sample_desk():
    return make_program(desk=make_desk(is_sample=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make", [real_successor, real_figure, real_note_on_sample_edition, real_programme_at_sample_desk]
)
def test_nothing_goes_where_something_real_hangs_on_a_sample(make):
    real = make()
    make_desk(is_sample=True)
    before = len(all_samples())
    with pytest.raises(RealOnSample) as refusal:
        remove_samples()
    assert f"{real._meta.verbose_name}「{real}」" in str(refusal.value)
    assert len(all_samples()) == before


@pytest.mark.django_db
def test_a_sample_user_who_did_nothing_goes_with_their_posting():
    user = make_editor("kushiro")
    User.objects.update(is_sample=True)
    remove_samples()
    assert not User.objects.filter(pk=user.pk).exists()
    assert not StaffAssignment.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("did", ["imported", "typed", "edited"])
def test_a_sample_user_who_did_something_stays_its_author_but_cannot_sign_in(did):
    user = make_editor("kushiro")
    User.objects.update(is_sample=True)
    if did == "imported":
        make_run(uploaded_by=user)
    elif did == "typed":
        make_budget_figure(entered_by=user)
    else:
        LogEntry.objects.create(user=user, action_flag=CHANGE, object_repr="取組")
    assert remove_samples() == {"記録の作者なので残し、サインインできなくした利用者": 1}
    user.refresh_from_db()
    assert (user.is_active, user.assignments.count()) == (False, 0)
    assert remove_samples() == {}


def run(command, **options):
    out = StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


@pytest.mark.exhaustive
def test_commands_say_what_came_and_went(loaded):
    assert "窓口：見本を15件入れました" in run("load_samples")
    assert run("load_samples") == "見本はすべて入っています。\n"
    assert "消していません" in run("remove_samples", dry_run=True)
    assert "窓口：15件" in run("remove_samples")
    assert run("remove_samples") == "見本はありません。\n"


@pytest.mark.django_db
def test_samples_need_the_official_tables_first():
    with pytest.raises(CommandError, match="先に load_facts"):
        run("load_samples")


@pytest.mark.django_db
def test_the_command_names_what_is_in_the_way():
    real_figure()
    with pytest.raises(CommandError, match="予算額"):
        run("remove_samples")
    assert BudgetFigure.objects.count() == 1
    assert not Dispatch.objects.exists()
