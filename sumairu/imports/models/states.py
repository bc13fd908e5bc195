"""The states of a run and the jobs of the worker: whose turn it is in each, and what may follow."""

from typing import NamedTuple

from django.db import models


class State(models.TextChoices):
    READING = "reading", "読み取り中"
    REFUSED = "refused", "読み取れません"
    PREVIEWED = "previewed", "確認中"
    SAVING = "saving", "保存中"
    SAVED = "saved", "保存済み"
    DROPPED = "dropped", "取りやめ"


class Step(models.TextChoices):
    """How far the worker is with a job."""

    QUEUED = "queued", "順番を待っています"
    READING = "reading", "ブックを読んでいます"
    COMPARING = "comparing", "登録済みの数値と比べています"
    WRITING = "writing", "確かめた数値を保存しています"


class Job(models.TextChoices):
    """What the worker does with a run."""

    READ = "read", "読み取り"
    REREAD = "reread", "読み直し"
    SAVE = "save", "保存"
    UNDO = "undo", "取消し"


class Rule(NamedTuple):
    """Of a state: whose turn it is, and into which states the run may go from there."""

    turn: str  # "editor", "worker"; nobody's where the run is over
    then: frozenset[State]


STATES = {
    State.READING: Rule("worker", frozenset({State.PREVIEWED, State.REFUSED, State.DROPPED})),
    State.REFUSED: Rule("editor", frozenset({State.READING, State.DROPPED})),
    State.PREVIEWED: Rule(
        "editor", frozenset({State.PREVIEWED, State.READING, State.SAVING, State.SAVED, State.DROPPED})
    ),
    State.SAVING: Rule("worker", frozenset({State.SAVED, State.PREVIEWED, State.DROPPED})),
    State.SAVED: Rule("", frozenset()),
    State.DROPPED: Rule("", frozenset()),
}
AT_WORK = tuple(state for state, rule in STATES.items() if rule.turn == "worker")
WAITING = tuple(state for state, rule in STATES.items() if rule.turn)


class Course(NamedTuple):
    """Of a job: the state in which the run waits for it, the steps that it takes, and the state if it fails."""

    state: State
    steps: tuple[Step, ...]
    failed: State


JOBS = {
    Job.READ: Course(State.READING, (Step.READING, Step.COMPARING), State.REFUSED),
    Job.REREAD: Course(State.READING, (Step.READING, Step.COMPARING), State.PREVIEWED),
    Job.SAVE: Course(State.SAVING, (Step.WRITING,), State.PREVIEWED),
    Job.UNDO: Course(State.SAVING, (Step.WRITING,), State.DROPPED),
}
