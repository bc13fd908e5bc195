"""What a record is at a moment, with the rows beneath it, in values that can be read later without anything else.

A text, a number or a yes stands as it is, a day as `2026-04-01`, a decimal as its digits, and what a field points to as
`{"id": 13, "label": "釧路総合振興局"}`; several of those are a list. Bytes are never kept, only the file that holds them.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, reduce
from hashlib import sha256
from json import dumps

from django.db import models

from sumairu.access import rule_for
from sumairu.models import StoredFile
from sumairu.versions.tracked import fields_of, place_of, records


@dataclass(frozen=True)
class Snapshot:
    content: dict
    label: str = ""
    office: int | None = None
    files: list[int] = field(default_factory=list)

    @cached_property
    def digest(self):
        return digest_of(self.content)


def take(model, pks=None, *, with_labels=True, lock=False):
    """`{pk: Snapshot}` of the records `pks` of `model` (None: of all); those that are not there are left out.

    The number of queries does not depend on how many records there are. Without labels fewer are needed, and what
    comes out serves to be compared only. With `lock` nobody else changes the records until the transaction ends.
    """
    links = []  # everything that a record points to: (the record, the model of the thing, its link)
    taken = {pk: {"fields": values, "rows": {}} for pk, _, values in _values(model, pks, links, lock=lock)}
    if pks is None or taken:
        for beneath in records()[model]:
            for pk, above, values in _values(beneath, pks, links, above=place_of(beneath).attname):
                if above in taken:
                    taken[above]["rows"].setdefault(beneath._meta.label_lower, {})[str(pk)] = values
    if not with_labels:
        return {pk: Snapshot(content) for pk, content in taken.items()}
    return _with_labels(model, taken, links, pks)


def stamp(model, pk):
    """A digest of the state that a record is in, which every change of the record changes; "" where there is no record."""
    found = take(model, [pk], with_labels=False)
    return found[pk].digest if pk in found else ""


def digest_of(content):
    return sha256(dumps(bare(content), sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def bare(value):
    """A value or content as it is compared: without labels, which others change, and with texts as a form sends them."""
    if isinstance(value, dict):
        if is_link(value):
            return value["id"]
        return {key: bare(each) for key, each in value.items() if each != {}}
    if isinstance(value, list):
        return [bare(each) for each in value] or None
    return value.strip() or None if isinstance(value, str) else value


def is_link(value):
    return isinstance(value, dict) and value.keys() == {"id", "label"}


def _values(model, pks, links, *, above="", lock=False):
    """Of each row (its primary key, that of the record it lies in, {name: value}); what it points to goes into `links`."""
    single = [each for each in fields_of(model) if not each.many_to_many]
    queryset = model._base_manager.order_by("pk")
    if pks is not None:
        queryset = queryset.filter(**{f"{above or 'pk'}__in": pks})
    if lock:
        queryset = queryset.select_for_update(no_key=True)  # rows that point here may still come and go
    read = {}
    for pk, record, *values in queryset.values_list("pk", above or "pk", *(each.attname for each in single)):
        told = {}
        for each, value in zip(single, values, strict=True):
            told[each.name] = _told(each, value)
            if each.is_relation and value is not None:
                links.append((record, each.related_model, told[each.name]))
        read[pk] = (pk, record, told)
    if not above:
        for many in (each for each in fields_of(model) if each.many_to_many):
            _add_many(many, {pk: told for pk, _, told in read.values()}, pks, links)
    return read.values()


def _add_many(many, read, pks, links):
    for told in read.values():
        told[many.name] = []
    source, target = f"{many.m2m_field_name()}_id", f"{many.m2m_reverse_field_name()}_id"
    pairs = many.remote_field.through._base_manager.order_by(target)
    if pks is not None:
        pairs = pairs.filter(**{f"{source}__in": pks})
    for pk, target_pk in pairs.values_list(source, target):
        if pk in read:
            link = {"id": target_pk, "label": ""}
            read[pk][many.name].append(link)
            links.append((pk, many.related_model, link))


def _told(of_field, value):
    if value is None:
        return None
    if of_field.is_relation:
        return {"id": value, "label": ""}
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, bool | int) or isinstance(of_field, models.JSONField):
        return value
    return of_field.value_to_string(_Holding(of_field.attname, value))


class _Holding:
    """Something with one attribute, which is all that `value_to_string` asks of a model's row."""

    def __init__(self, name, value):
        setattr(self, name, value)


def _with_labels(model, taken, links, pks):
    """The snapshots of contents, with what each record and each thing it points to is called."""
    wanted, files = defaultdict(set), defaultdict(set)
    for record, target, link in links:
        wanted[target].add(link["id"])
        if target is StoredFile:
            files[record].add(link["id"])
    called = {
        target: {pk: str(each) for pk, each in _named(target, targets).items()} for target, targets in wanted.items()
    }
    for _, target, link in links:
        link["label"] = called[target].get(link["id"], "")[:200]
    return {
        pk: Snapshot(taken[pk], label=str(each)[:300], office=_office(each), files=sorted(files[pk]))
        for pk, each in _named(model, pks).items()
        if pk in taken
    }


def _named(model, pks):
    """Instances, with what their names are made of and without what is heavy."""
    names = [each.name for each in model._meta.concrete_fields if each.is_relation]
    heavy = [each.name for each in model._meta.concrete_fields if isinstance(each, models.BinaryField)]
    queryset = model._base_manager.select_related(*names) if names else model._base_manager.all()
    queryset = queryset.defer(*heavy)
    return {each.pk: each for each in (queryset if pks is None else queryset.filter(pk__in=pks))}


def _office(instance):
    """The office that a record belongs to, by the rule of its model."""
    rule = rule_for(type(instance))
    if rule is None or not rule.owner:
        return None
    *path, last = rule.owner.split("__")
    return getattr(reduce(getattr, path, instance), f"{last}_id")
