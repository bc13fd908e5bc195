"""Where two contents of one record differ: in a field, in a field of a row beneath it, or in that a row is there at all.

A place is `("title",)`, `("regions.initiativelink", "45", "url")` or, where only one of two has the row,
`("regions.initiativelink", "45")`; the value there is then the whole row, or None.
"""

from typing import Any, NamedTuple

from sumairu.versions.snapshots import bare

EMPTY = {"fields": {}, "rows": {}}


class Change(NamedTuple):
    place: tuple[str, ...]
    before: Any
    after: Any


def changes(before, after):
    """Every place where two contents differ; a content that is None has nothing in it."""
    before, after = before or EMPTY, after or EMPTY
    found = [Change((name,), old, new) for name, old, new in _pairs(before["fields"], after["fields"])]
    for kind, old_rows, new_rows in _pairs(before["rows"], after["rows"]):
        for pk, old, new in _pairs(old_rows or {}, new_rows or {}):
            if old is None or new is None:
                found.append(Change((kind, pk), old, new))
            else:
                found += [Change((kind, pk, name), *values) for name, *values in _pairs(old, new)]
    return found


def value_at(content, place):
    """What a content has at a place; None where it has nothing."""
    content = content or EMPTY
    value = content["fields"] if len(place) == 1 else content["rows"]
    for step in place:
        value = (value or {}).get(step)
    return value


def same(one, other):
    return bare(one) == bare(other)


def _pairs(before, after):
    """(key, value before, value after) of all keys of which the values differ, in the order of their fields."""
    keys = dict.fromkeys([*before, *after])
    return [(key, before.get(key), after.get(key)) for key in keys if not same(before.get(key), after.get(key))]
