"""Which columns the files of each set have had, in what order and since when, so that who reads them by a program is told of a change.

`column_history.json` has them under the names that programs know them by. Whoever changes the columns of a set runs
`make columns NOTE=「何が変わったか」`, and the files say so from then on (行政データにおける機械可読性に関するルール L3-07).
"""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sumairu.lib.machine_readable.beside import Before

FILE = Path(__file__).with_name("column_history.json")
FIGURES = "figures"  # the figures of every indicator stand in the same columns


class Layout(NamedTuple):
    since: str  # a day in ISO 8601
    columns: list[str]
    note: str = ""  # what is different from the layout before


class NotKept(Exception):
    """Columns are not as they were, and nobody has said what changed."""


@cache
def layouts():
    """The layouts of every set, the oldest first."""
    return {key: [Layout(**each) for each in history] for key, history in json.loads(FILE.read_text()).items()}


def changes(slug, columns):
    """What changed of the columns of a set, the day first."""
    return [f"{each.since}：{each.note}" for each in layouts().get(_key(slug, columns), []) if each.note]


def before(slug, columns):
    """The layout that a set had before the one it has; None where it never had another.

    Raises `NotKept` where nobody has kept the one it has.
    """
    *older, newest = layouts().get(_key(slug, columns)) or [None]
    if newest is None or newest.columns != _names(columns):
        raise NotKept
    return Before(older[-1].since, older[-1].columns) if older else None


def keep(sets, note, on):
    """Keep the columns that sets have: of those that had others before with what changed, in words. `sets` are slugs and columns."""
    kept = {key: list(history) for key, history in layouts().items()}
    for slug, columns in sets:
        history = kept.setdefault(_key(slug, columns), [])
        if history and history[-1].columns != _names(columns) and not note:
            raise ValueError(f"{slug}の列が変わりました。何が変わったかを書いてください。")
        if not history or history[-1].columns != _names(columns):
            history.append(Layout(on.isoformat(), _names(columns), note if history else ""))
    told = {key: [each._asdict() for each in kept[key]] for key in sorted(kept)}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    FILE.write_text(f"{text}\n")
    layouts.cache_clear()


def _key(slug, columns):
    if not slug.startswith(f"{FIGURES}-"):
        return slug
    return f"{FIGURES}-of-a-day" if "day" in _names(columns) else FIGURES


def _names(columns):
    return [column.name for column in columns]
