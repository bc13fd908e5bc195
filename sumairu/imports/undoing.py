"""Taking a saved run back: its figures are again what they were before it, and that is a run of its own.

Taking that run back in its turn does again what the first did, and so on.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery

from sumairu.imports.models import (
    SOURCE_COLUMNS,
    FigureChange,
    ImportRun,
    NotSaved,
    no_other_change,
    value_words,
)
from sumairu.models import ContentVersion


class Change(NamedTuple):
    """A `FigureChange` of which there are too many to be built as such."""

    pk: int
    object_id: int
    label: str
    measure: str
    key: dict
    before: int | None
    after: int | None
    run_id: int | None
    sheet: str
    cell: str
    raw: str
    unit: str
    note: str
    entered_by_id: int | None


@dataclass(slots=True)
class Step:
    """One figure of a run, and what it would be if the run were taken back.

    `own` is what the run did. `source` is the change that made the value before it and `key` that figure's key, both
    None where there was no figure; `now` and `key_now` are what is stored, None where there is none. `since` is the
    newest change, by something else, where the figure is no longer as the run left it; `obstacle` says why it cannot
    go back.
    """

    own: Change
    newest: Change
    since: Change | None
    now: int | None = None
    key_now: dict | None = None
    source: Change | None = None
    key: dict | None = None
    obstacle: str = ""

    @property
    def figure_id(self):
        return self.own.object_id

    @property
    def label(self):
        return self.own.label

    @property
    def then(self):
        return self.own.before

    @property
    def now_words(self):
        return value_words(self.now, self.own.measure)

    @property
    def then_words(self):
        return value_words(self.then, self.own.measure)

    @property
    def is_changed_since(self):
        return self.since is not None or self.now != self.own.after

    @property
    def must_be_placed(self):
        """Would a row have to be added, or to take another key?"""
        return self.key is not None and self.key != self.key_now


@dataclass(frozen=True)
class Plan:
    """What taking a run back would do, in the order of the run."""

    steps: list[Step]

    @cached_property
    def back(self):
        """What goes back."""
        return [step for step in self.steps if not step.obstacle and not step.is_changed_since]

    @cached_property
    def changed_since(self):
        """What is left unless told otherwise."""
        return [step for step in self.steps if not step.obstacle and step.is_changed_since]

    @cached_property
    def stuck(self):
        return [step for step in self.steps if step.obstacle]

    @property
    def digest(self):
        """A SHA-256 of all that taking back may write, and the values that it would replace."""
        told = [
            [step.figure_id, step.newest.pk, step.now, step.key_now, step.then, step.key, step.obstacle]
            for step in self.steps
        ]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def plan(kind, run):
    """What taking the run back would do now."""
    content_type = ContentType.objects.get_for_model(kind.model)
    of_the_run = run.changes.filter(content_type=content_type).values("object_id")
    history = FigureChange.objects.filter(content_type=content_type, object_id__in=of_the_run)
    names = _key_names(kind.model)
    stored = {
        figure_id: (value, dict(zip(names, key, strict=True)))
        for figure_id, value, *key in kind.model.objects.filter(pk__in=of_the_run).values_list(
            "pk", kind.value_field, *names
        )
    }
    undone = undone_runs(run.kind)
    changes = map(Change._make, history.order_by("object_id", "pk").values_list(*Change._fields).iterator(10_000))
    steps = [
        _step(run, list(its_own), undone, *stored.get(figure_id, (None, None)))
        for figure_id, its_own in groupby(changes, key=attrgetter("object_id"))
    ]
    _find_places(kind.model, [step for step in steps if step.must_be_placed and not step.obstacle])
    return Plan(sorted(steps, key=lambda step: step.own.pk))


def undo(kind, run, user, digest, also=(), also_all=False, record=None):
    """Take back what `plan` said under `digest`. Raises `NotSaved` where that is no longer what would be done.

    `also` has the primary keys of figures that go back though something else changed them since, `also_all` says that
    all of these do. `record` is the run that waited for the worker, to be the record of it. Returns the new run: its
    `new` counts figures that came back, `changed` those that changed or went, `unchanged` those that were left.
    """
    with no_other_change(kind.model):
        run = ImportRun.objects.select_for_update().get(pk=run.pk)
        if run.state != ImportRun.State.SAVED:
            raise NotSaved("保存していない取込なので、取り消すものがありません。")
        if hasattr(run, "undone_by"):
            raise NotSaved("この取込は、すでに取り消されています。")
        planned = plan(kind, run)
        if planned.digest != digest:
            raise NotSaved(
                "確かめたあとに数値が変わったので、何も戻していません。いまの内容で出し直しました。もう一度確かめてください。"
            )
        also = set(also)
        chosen = [step for step in planned.changed_since if also_all or step.figure_id in also]
        steps = planned.back + chosen
        if not steps:
            raise NotSaved("戻す数値がないので、何も変えていません。")
        came_back = sum(step.now is None for step in steps)
        undoing = record.held() if record else ImportRun(kind=run.kind, file_id=run.file_id)
        undoing.undoes, undoing.uploaded_by, undoing.digest = run, user, digest
        undoing.new, undoing.changed = came_back, len(steps) - came_back
        undoing.unchanged = len(planned.steps) - len(steps)
        undoing.conclude()
        _put_back(kind, undoing, steps)
        kind.model.index([key for step in steps for key in (step.key, step.key_now) if key])
        if run.may_be_given_out:
            run.give_out(False, user)
        ContentVersion.moved()
    return undoing


def told_history(kind, figure_id):
    """Every change of a figure, newest first, each with the change that says where the value after it is from."""
    content_type = ContentType.objects.get_for_model(kind.model)
    changes = list(
        FigureChange.objects.filter(content_type=content_type, object_id=figure_id).order_by("pk").with_sources()
    )
    return list(zip(changes, sources(changes, undone_runs(kind.slug)), strict=True))[::-1]


def undone_runs(kind_slug):
    """`{what took a run back: the run that it took back}`, by primary key."""
    return dict(ImportRun.objects.filter(kind=kind_slug).exclude(undoes=None).values_list("pk", "undoes_id"))


def sources(changes, undone):
    """For each change of one figure, oldest first: the one that says where the value after it is from.

    What was typed or read is its own source; what came back by an undo has that of the value before the run that was
    taken back. None where there is no figure. `undone` is that of `undone_runs`.
    """
    before, current, found = {}, None, []
    for change in changes:
        before[change.run_id] = current
        if change.after is None:
            current = None
        elif change.run_id in undone:
            current = before.get(undone[change.run_id])
        else:
            current = change
        found.append(current)
    return found


def _step(run, changes, undone, now, key_now):
    """The step of one figure, whose `changes` are all that it had, oldest first."""
    if len(changes) == 1 and changes[0].before is None and now is not None:
        return Step(changes[0], changes[0], None, now, key_now)
    place = next(place for place, change in enumerate(changes) if change.run_id == run.pk)
    told = sources(changes, undone)
    own, newest = changes[place], changes[-1]
    step = Step(own, newest, None if told[-1] is told[place] else newest, now, key_now)
    if own.before is None:
        step.obstacle = "もう登録されていないので、戻すものがありません。" if now is None else ""
        return step
    step.source = told[place - 1] if place else None
    if step.source is None or step.source.after != own.before:
        step.source, step.obstacle = None, "前の値の出どころが記録されていないので、戻せません。"
        return step
    step.key = changes[place - 1].key or own.key or (None if step.since else key_now)
    if not step.key:
        step.obstacle = "どの数値かを記録する前の取込なので、消えた数値を戻せません。"
    return step


def _find_places(model, steps):
    """Say of each step of which the figure has to be placed anew what is in its way, if anything is."""
    if not steps:
        return
    names, fields = _key_names(model), [model._meta.get_field(name) for name in model.key_fields]
    there = {
        field: {None, *field.related_model.objects.values_list("pk", flat=True)}
        for field in fields
        if field.is_relation
    }
    years = {step.key["fiscal_year"] for step in steps}
    taken = {row[1:]: row[0] for row in model.objects.filter(fiscal_year__in=years).values_list("pk", *names)}
    for step in steps:
        gone = [field for field, ids in there.items() if step.key[field.attname] not in ids]
        if gone:
            step.obstacle = f"{gone[0].verbose_name}の登録がもうないので、戻せません。"
        elif taken.get(tuple(step.key[name] for name in names), step.figure_id) != step.figure_id:
            step.obstacle = "同じ数値が、別に登録されています。それを消すと、戻せます。"


def _key_names(model):
    return [model._meta.get_field(name).attname for name in model.key_fields]


def _put_back(kind, undoing, steps):
    content_type = ContentType.objects.get_for_model(kind.model)
    FigureChange.objects.bulk_create(
        FigureChange(
            content_type_id=content_type.pk,
            object_id=step.figure_id,
            label=step.label,
            measure=step.own.measure,
            key=step.key or step.key_now,
            before=step.now,
            after=step.then,
            run_id=undoing.pk,
        )
        for step in steps
    )
    going = undoing.changes.filter(after=None).values("object_id")
    kind.model.objects.filter(pk__in=going).delete()
    kind.model.objects.bulk_create(
        [_restored(kind, step) for step in steps if step.source],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*kind.key, kind.value_field, *SOURCE_COLUMNS, "updated_at"],
    )
    _date_what_was_typed(kind, undoing, content_type)


def _date_what_was_typed(kind, undoing, content_type):
    """A figure that somebody typed says when that was by its own time (one of a run, by the run's): not today's."""
    typed = FigureChange.objects.filter(
        content_type=content_type,
        object_id=OuterRef("pk"),
        after=OuterRef(kind.value_field),
        entered_by=OuterRef("entered_by"),
    )
    back = kind.model.objects.filter(pk__in=undoing.changes.values("object_id"), run=None)
    back.update(updated_at=Subquery(typed.order_by("-pk").values("changed_at")[:1]))


def _restored(kind, step):
    """The figure with the value and the source that it had."""
    source = {name: getattr(step.source, name) for name in SOURCE_COLUMNS}
    return kind.model(id=step.figure_id, **step.key, **{kind.value_field: step.then}, **source)
