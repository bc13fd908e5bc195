"""What a map can show, each as a `Layer`: in which step every municipality lies, and what is said of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from regions.models import Municipality
from regions.town_map import NONE as NOTHING
from regions.town_map import UNKNOWN
from sumairu.lib.amounts import grouped
from sumairu.lib.eligibility import NO, YES, State
from sumairu.lib.map_steps import steps_of
from sumairu.lib.ranks import Place, places
from sumairu.lib.wareki import full_name
from support.calls import calls_of
from support.reach import reach_of

PALEST, MIDDLE, DEEPEST = "1", "2", "4"  # steps, as the style sheet draws them


@dataclass(frozen=True)
class Layer:
    title: str
    legend: list[tuple[str, str, int]]  # of each step: how it is drawn, what it means, of how many municipalities
    steps: Mapping[int, str]  # the step of each municipality, by primary key; one that is not there is not known
    texts: Mapping[int, str]
    unit: str = ""
    year_words: str = ""
    source: str = ""
    how: str = ""  # how the steps were made
    url: str = ""  # where more is said
    values: Mapping[int, Any] = field(default_factory=dict)  # numbers, or what a file has

    @cached_property
    def places(self) -> Mapping[int, Place]:
        """The place of each municipality, where there are numbers."""
        return places(self.values) if self.unit or self.is_counted else {}

    @property
    def is_counted(self):
        return bool(self.values) and all(not isinstance(value, str) for value in self.values.values())


def figure_layer(figures, towns, bounds=None, url=""):
    """A figure by quantiles; `bounds` are those of several years together."""
    keys = {town.pk for town in towns}
    values = {pk: value for pk, value in figures.values.items() if pk in keys}
    if figures.is_yes_no:
        said = {pk: YES if value else NO for pk, value in values.items()}
        return _by_words(
            figures.label,
            said,
            [(NO, PALEST), (YES, DEEPEST)],
            towns,
            source=figures.source,
            year_words=figures.year_words,
        )
    bounds = steps_of(values.values()) if bounds is None else bounds
    steps = {pk: _step(value, bounds) for pk, value in values.items()}
    counts = Counter(steps.values())
    legend = [
        (str(n), _between(low, high, figures.unit), counts[str(n)]) for n, (low, high) in enumerate(bounds, start=1)
    ]
    return Layer(
        title=figures.label,
        legend=[*legend, *_missing(len(keys) - len(steps))],
        steps=steps,
        texts={pk: f"{grouped(value)}{figures.unit}" for pk, value in values.items()},
        unit=figures.unit,
        year_words=figures.year_words,
        source=figures.source,
        how=f"市町村の数がほぼ同じになるように、小さい順に{len(bounds)}つに分けています（四分位）。",
        url=url,
        values=values,
    )


def program_layer(standing, towns):
    """Which municipalities may use a programme, by the edition that its page shows; None where nobody is judged."""
    if not standing.is_applied_for:
        return None
    reach = reach_of(standing.edition).towns
    said = {town.pk: state.label for state, those in reach.items() for town in those}
    shades = [(State.USABLE.label, DEEPEST), (State.DEPENDS.label, MIDDLE), (State.EXCLUDED.label, NOTHING)]
    return _by_words(
        f"{standing.program}を使えるまち",
        said,
        shades,
        towns,
        year_words=full_name(standing.edition.fiscal_year),
        source=standing.edition.source,
        how="登録されている要件で判定しています。条件次第のまちは、窓口でお確かめください。",
        url=standing.program.get_absolute_url(),
    )


def call_layer(standing, towns):
    """Where a call of a programme is open or still to come, office by office."""
    by_office = {}
    for town in towns:
        if town.subprefecture_id not in by_office:
            calls = calls_of(standing.editions, town.subprefecture, standing.on)
            is_open, is_live = any(call.is_open for call in calls), any(call.is_live for call in calls)
            by_office[town.subprefecture_id] = "受付中" if is_open else "これから" if is_live else None
    said = {town.pk: word for town in towns if (word := by_office[town.subprefecture_id])}
    return _by_words(
        f"{standing.program}の募集",
        said,
        [("受付中", DEEPEST), ("これから", MIDDLE)],
        towns,
        year_words="今日現在",
        how="受付期間が登録されていない管内と、受付が終わった管内には斜線を付けています。",
        url=standing.program.get_absolute_url(),
    )


def initiative_layer(initiative, towns):
    """Whom an initiative concerns: those that it names, else all of its office."""
    named = set(initiative.municipalities.values_list("pk", flat=True))
    concerned = named or {town.pk for town in towns if town.subprefecture_id == initiative.subprefecture_id}
    said = {town.pk: "関係するまち" if town.pk in concerned else "そのほか" for town in towns}
    return _by_words(
        initiative.title,
        said,
        [("関係するまち", DEEPEST), ("そのほか", NOTHING)],
        towns,
        year_words=full_name(initiative.fiscal_year),
        source=initiative.source,
        how="" if named else "まちの名前が挙げられていないため、管内のすべてのまちを示しています。",
        url=initiative.get_absolute_url(),
    )


def _by_words(title, said, shades, towns: list[Municipality], **told):
    step_of, counts = dict(shades), Counter(said.values())
    return Layer(
        title=title,
        legend=[*((step, word, counts[word]) for word, step in shades), *_missing(len(towns) - len(said))],
        steps={pk: step_of[word] for pk, word in said.items()},
        texts=said,
        values=said,
        **told,
    )


def _step(value, bounds):
    """In which of the steps a value lies; between two of them, in the lower one."""
    return str(max(sum(low <= value for low, _ in bounds), 1))


def _between(low, high, unit):
    return f"{grouped(low)}{unit}" if low == high else f"{grouped(low)}から{grouped(high)}{unit}"


def _missing(count):
    return [(UNKNOWN, "資料なし", count)] if count else []
