"""Two people began from the same state of a record: what each changed, what both changed, and what comes of it.

`base` is what the second began from, `theirs` what the first has saved meanwhile, `mine` what the second's save made of
it. What only one of them changed is kept; where both changed the same, the second decides.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db import models

from sumairu.versions.comparing import changes, same, value_at
from sumairu.versions.models import Version
from sumairu.versions.words import in_order, model_of, place_name, words_at

THEIRS, MINE = "theirs", "mine"


@dataclass(frozen=True)
class Difference:
    """A place where what the first saved and what the second would save differ."""

    model: type
    place: tuple
    base: object
    theirs: object
    mine: object
    only: str  # THEIRS or MINE where one alone changed it, else ""
    names: tuple  # contents in which rows are looked up to be named

    @property
    def key(self):
        return "-".join(self.place)

    @property
    def name(self):
        return place_name(self.model, self.place, *self.names)

    @property
    def words(self):
        return {
            "base": words_at(self.model, self.place, self.base),
            "theirs": words_at(self.model, self.place, self.theirs),
            "mine": words_at(self.model, self.place, self.mine),
        }


class Merge:
    """What becomes of one record; `answers` is `{key: THEIRS or MINE}`, what the second decided."""

    def __init__(self, model, pk, base, theirs, mine, answers):
        self.model, self.pk, self.base, self.theirs, self.mine = model, pk, base, theirs, mine
        self.answers = answers

    @cached_property
    def differences(self):
        """All of them; without a known beginning nobody can tell who changed what, and all are to be decided."""
        found = []
        for place, theirs, mine in in_order(self.model, changes(self.theirs, self.mine)):
            base, only = value_at(self.base, place), ""
            if self.base is not None:
                only = THEIRS if same(base, mine) else MINE if same(base, theirs) else ""
            found.append(Difference(self.model, place, base, theirs, mine, only, (self.mine, self.theirs, self.base)))
        return found

    @cached_property
    def decided(self):
        """`{difference: THEIRS or MINE}` of all that one of them alone changed, or on which the second decided."""
        found = {}
        for each in self.differences:
            choice = self.answers.get(each.key) or each.only
            if choice in (THEIRS, MINE):
                found[each.key] = choice
        return found

    @property
    def both(self):
        return [each for each in self.differences if not each.only]

    @property
    def theirs_alone(self):
        """What the first changed and the second did not."""
        found = changes(self.base, self.theirs) if self.base is not None else []
        return [
            each
            for each in (
                Difference(self.model, place, base, theirs, base, THEIRS, (self.theirs, self.base))
                for place, base, theirs in in_order(self.model, found)
            )
            if each.key not in {other.key for other in self.both}
        ]

    @property
    def is_open(self):
        return any(each.key not in self.decided for each in self.differences)

    def put_back_theirs(self):
        """Give the record, as the second's save left it, what the first had at all places decided for them.

        Raises ValidationError where what comes of it cannot stand.
        """
        back = [each for each in self.differences if self.decided.get(each.key) == THEIRS]
        record = self.model._base_manager.get(pk=self.pk)
        fields = [each for each in back if len(each.place) == 1]
        for each in fields:
            _set(record, each.place[0], each.theirs)
        rows = [each for each in back if len(each.place) > 1]
        for each in sorted(rows, key=lambda row: row.theirs is not None):  # first what goes, so that its key is free
            self._put_back_row(record, each)
        if fields:
            record.full_clean()
            record.save()

    def _put_back_row(self, record, difference):
        kind, pk, *name = difference.place
        model = model_of(kind)
        if name:
            row = model._base_manager.get(pk=pk)
            _set(row, name[0], difference.theirs)
        elif difference.theirs is None:
            model._base_manager.filter(pk=pk).delete()
            return
        else:
            row = row_from(model, pk, record, difference.theirs)
        row.full_clean()
        row.save()


def row_from(model, pk, record, values):
    """An unsaved row beneath `record` of the values that a version holds."""
    row = model(pk=int(pk))
    for field in model._meta.concrete_fields:
        if field.related_model is type(record) and field.name not in values:
            setattr(row, field.attname, record.pk)
    for name, value in values.items():
        _set(row, name, value)
    return row


def who_changed(versions, place):
    """Of versions after the beginning, newest first, the one that last changed what is at `place`."""
    for version in versions:
        before = version.previous.content if version.previous else None
        if not same(value_at(before, place), value_at(version.content, place)):
            return version
    return versions[0] if versions else None


def base_of(model, pk, digest):
    """The newest version that is the state `digest`; None where no version is."""
    return Version.objects.of(model, pk).filter(digest=digest).order_by("-number").first()


def since(model, pk, base):
    """The versions after `base` (all where it is None), newest first."""
    after = Version.objects.of(model, pk).filter(number__gt=base.number if base else 0)
    return list(after.with_previous().order_by("-number"))


def _set(row, name, value):
    field = row._meta.get_field(name)
    if field.many_to_many:
        getattr(row, name).set([link["id"] for link in value or []])
    elif field.is_relation:
        setattr(row, field.attname, value and value["id"])
    elif isinstance(field, models.JSONField):
        setattr(row, name, value)
    else:
        setattr(row, name, field.to_python(value))
