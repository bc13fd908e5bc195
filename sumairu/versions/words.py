"""Versions in words: what fields and rows are called, what their values say, and what became of what."""

from datetime import date, datetime
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.timezone import localtime

from sumairu.fields import FieldNamesField, FiscalYearField
from sumairu.lib.differences import pieces, shortened
from sumairu.lib.wareki import full_name
from sumairu.lib.written_days import era_day
from sumairu.versions.comparing import changes, value_at
from sumairu.versions.snapshots import is_link
from sumairu.versions.tracked import fields_of

NOTHING, ABSENT = "（空欄）", "（なし）"


def kind_name(kind):
    """取組 of `regions.initiative`; the kind itself where the portal no longer has it."""
    model = model_of(kind)
    return model._meta.verbose_name if model else kind


def model_of(kind):
    try:
        return apps.get_model(kind)
    except LookupError:
        return None


def place_name(model, place, *contents):
    """「取組名」 of a field; 「受付期間（釧路総合振興局・市町村）の受付終了日」 of a field of a row."""
    if len(place) == 1:
        return _field_name(model, place[0])
    kind, pk, *rest = place
    row = next((row for content in contents if (row := value_at(content, (kind, pk)))), {})
    of_row = model_of(kind)
    called = row_name(of_row, row)
    name = f"{kind_name(kind)}{f'「{called}」' if called else ''}"
    return f"{name}の{_field_name(of_row, rest[0])}" if rest else name


def row_name(model, row):
    """What a row beneath a record can be told by: the first things that it says, shortly."""
    told = [
        value_words(model, name, value)
        for name, value in in_field_order(model, row)
        if value not in (None, "", False, []) and name != "is_sample" and len(value_words(model, name, value)) <= 40
    ]
    return "・".join(told[:2])


def value_words(model, name, value):
    """A value as pages show it: the label of a choice, a day with its era, はい, 釧路総合振興局."""
    if is_link(value):
        return value["label"] or f"番号 {value['id']}"
    if isinstance(value, list) and all(map(is_link, value)):
        return "、".join(value_words(model, name, each) for each in value) or NOTHING
    if value in (None, ""):
        return NOTHING
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    field = _field(model, name)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, FiscalYearField):
        return full_name(value)
    if isinstance(field, FieldNamesField):
        return "、".join(field.labels.get(each, each) for each in value) or NOTHING
    if isinstance(field, models.DateTimeField):
        return f"{localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
    if isinstance(field, models.DateField):
        return era_day(date.fromisoformat(value))
    if isinstance(field, models.DecimalField):
        return f"{value.rstrip('0').rstrip('.') if '.' in value else value}"
    return str(value)


def words_at(model, place, value):
    """The value at a place: of a field, or of a whole row, a line for each thing that it says."""
    if len(place) != 2:
        return value_words(model if len(place) == 1 else model_of(place[0]), place[-1], value)
    if value is None:
        return ABSENT
    of_row = model_of(place[0])
    return "\n".join(
        f"{_field_name(of_row, name)}：{value_words(of_row, name, each)}"
        for name, each in in_field_order(of_row, value)
        if each not in (None, "", False, [])
    )


def told(model, before, after):
    """What changed between two contents, for a page: dicts of `name`, `before`, `after` and, of texts, `pieces`."""
    found = []
    for place, old, new in in_order(model, changes(before, after)):
        line = {
            "name": place_name(model, place, after, before),
            "before": words_at(model, place, old),
            "after": words_at(model, place, new),
        }
        if isinstance(old, str) and isinstance(new, str) and min(len(old), len(new)) > 20:
            line["pieces"] = shortened(pieces(old, new))
        found.append(line)
    return found


def told_of(version):
    """What a version changed, for a page. Of what stood before the record began nothing changed."""
    if version.model is None:
        return []
    return told(version.model, version.previous.content if version.previous else None, version.content)


def in_order(model, found):
    """As the fields stand in the model; rows after the record itself, each by its fields."""
    rows = {place: index for index, place in enumerate(dict.fromkeys(change[0][:2] for change in found))}

    def position(change):
        place, *_ = change
        if len(place) == 1:
            return (0, 0, _position(model, place[0]))
        return (1, rows[place[:2]], _position(model_of(place[0]), place[-1]))

    return sorted(found, key=position)


def in_field_order(model, values):
    """The (name, value) of a row as its fields stand in the model: PostgreSQL keeps keys of JSON in its own order."""
    return sorted(values.items(), key=lambda pair: _position(model, pair[0]))


def _position(model, name):
    """Where a field stands among those of its model; before all of them what is none of them any more."""
    return _positions(model).get(name, -1)


@cache
def _positions(model):
    return {field.name: index for index, field in enumerate(fields_of(model) if model is not None else ())}


def _field_name(model, name):
    field = _field(model, name)
    return str(field.verbose_name) if field is not None else name


def _field(model, name):
    try:
        return model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None
