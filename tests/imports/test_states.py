"""What may become of a run, and from which state: one table, and verbs that keep to it."""

import pytest

from sumairu.imports.models import ImportRun, NotSaved
from sumairu.imports.models.states import AT_WORK, JOBS, STATES, WAITING
from tests.factories import make_run

pytestmark = pytest.mark.django_db
State, Job = ImportRun.State, ImportRun.Job


def run_in(state, job=Job.SAVE):
    saved_at = "2026-04-01T00:00Z" if state == State.SAVED else None
    return make_run(state=state, job=job, saved_at=saved_at)


def test_every_state_has_its_rule_and_every_job_its_course():
    assert (set(STATES), set(JOBS)) == (set(State), set(Job))
    assert AT_WORK == (State.READING, State.SAVING)
    assert WAITING == (State.READING, State.REFUSED, State.PREVIEWED, State.SAVING)
    assert all(course.failed in STATES[course.state].then for course in JOBS.values())


VERBS = {
    "conclude": (lambda run: run.conclude(), State.SAVED),
    "fail": (lambda run: run.fail("わけ"), State.PREVIEWED),
    "read": (lambda run: run.line_up(Job.READ), State.READING),
    "save": (lambda run: run.line_up(Job.SAVE, digest=""), State.SAVING),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", VERBS)
def test_a_run_goes_where_the_table_says_and_nowhere_else(state, verb):
    act, to = VERBS[verb]
    run = run_in(state)
    if to in STATES[state].then:
        act(run)
        assert ImportRun.objects.get().state == to
    else:
        with pytest.raises(NotSaved, match=state.label):
            act(run)
        assert ImportRun.objects.get().state == state


@pytest.mark.parametrize("change", [{"state": State.DROPPED}, {"attempts": 2}], ids=["state", "attempt"])
def test_what_went_on_since_it_was_read_is_not_held(change):
    run = run_in(State.SAVING)
    run.held()
    ImportRun.objects.update(**change)
    with pytest.raises(NotSaved):
        run.held()


@pytest.mark.parametrize("state", State)
def test_an_editor_settles_only_what_waits_for_that(state):
    run = run_in(state)
    if state == State.PREVIEWED:
        assert run.held_open() == run
    else:
        with pytest.raises(NotSaved, match=state.label):
            run.held_open()
