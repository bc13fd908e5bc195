"""Which of the 179 municipalities the rules of an edition reach, and what a change of them moves."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.db.models import prefetch_related_objects

from regions.models import MunicipalFact, Municipality, Subprefecture
from sumairu.lib.eligibility import State, judge
from support.models import EligibilityRule, eligibility_facts

NOT_OF_PLACES = ("applicant", "judged")  # facts that tell no municipality from another


@dataclass(frozen=True)
class Reach:
    """The municipalities by the state of their verdict."""

    towns: dict[State, list[Municipality]]
    narrows: bool = False  # is there a rule that is meant to leave some municipalities out?

    @property
    def rows(self):
        """Of each state: its label, how many, and who in words."""
        return [(state.label, len(self.towns[state]), self.names_of(state)) for state in State]

    @property
    def words(self):
        return "、".join(f"{label} {count}" for label, count, _ in self.rows)

    @property
    def warning(self):
        """What should make an editor look again; empty where nothing does."""
        excluded, total = len(self.towns[State.EXCLUDED]), sum(map(len, self.towns.values()))
        if total and excluded == total:
            return f"すべての市町村（{total}）が対象外です。要件の値を確かめてください。"
        if self.narrows and total and len(self.towns[State.USABLE]) == total:
            return f"対象外になる市町村がありません（{total}のすべてが使えます）。要件の値を確かめてください。"
        return ""

    def lines(self, before=None):
        """Whom it reaches, or who has moved since `before`: pairs of a line and the names that it counts."""
        if before is None:
            return [(f"{label} {count}市町村", names) for label, count, names in self.rows if count]
        everyone = list(chain.from_iterable(self.towns.values()))
        lines = [
            (f"{old.label} → {new.label}：{len(towns)}市町村", named(towns, everyone))
            for (old, new), towns in moved(before, self).items()
        ]
        return [(f"市町村：{before.words} → {self.words}", ""), *lines] if lines else []

    def names_of(self, state):
        return named(self.towns[state], list(chain.from_iterable(self.towns.values())))


def reach_of(edition):
    return reaches([edition])[0]


def reaches(editions):
    """The `Reach` of each of `editions`, as they are in memory or in the database; as many queries as for one."""
    prefetch_related_objects(editions, "rules__fact")
    rules = [[rule.as_rule() for rule in edition.rules.all()] for edition in editions]
    facts = _known({rule.fact_id for edition in editions for rule in edition.rules.all()})
    kept = {}
    return [kept.get(key) or kept.setdefault(key, _reach(key, facts)) for key in map(tuple, rules)]


class Areas:
    """The municipalities to which the rules of editions limit them: of many editions, as few queries as of one.

    Who applies and what a person judges says nothing of where. A municipality of which a fact is not recorded is not left out.
    """

    def __init__(self):
        self._kept = {}

    def of(self, edition):
        """Those that no rule excludes; None where none is excluded, so that the edition is for all of them."""
        key = tuple(rule.as_rule() for rule in edition.rules.all() if rule.fact.slug not in NOT_OF_PLACES)
        if key not in self._kept:
            self._kept[key] = self._left(key) if key else None
        return self._kept[key]

    def _left(self, rules):
        towns = _reach(rules, self._facts).towns
        left = [*towns[State.USABLE], *towns[State.DEPENDS]]
        return sorted(left, key=lambda town: town.code) if towns[State.EXCLUDED] else None

    @cached_property
    def _facts(self):
        return _known(EligibilityRule.objects.values("fact"))


def moved(before, after):
    """The towns whose state differs between two reaches, by (state before, state after)."""
    states = [{town.pk: state for state, towns in reach.towns.items() for town in towns} for reach in (before, after)]
    found = defaultdict(list)
    for towns in after.towns.values():
        for town in towns:
            old, new = states[0].get(town.pk), states[1][town.pk]
            if old and old != new:
                found[old, new].append(town)
    return dict(found)


def named(towns, everyone):
    """`towns` in words; where they are all that an office of `everyone` has, by the office."""
    if towns and len(towns) == len(everyone):
        return f"すべての市町村（{len(towns)}）"
    of_office = defaultdict(list)
    for town in everyone:
        of_office[town.subprefecture_id].append(town)
    chosen = defaultdict(list)
    for town in towns:
        chosen[town.subprefecture].append(town)
    return "、".join(_named_of(office, some, of_office[office.pk]) for office, some in chosen.items())


def _named_of(office: Subprefecture, some, all_of_it):
    if len(some) == len(all_of_it) > 1:
        return f"{office.name}管内のすべて（{len(some)}）"
    return "、".join(town.name for town in some)


def _known(asked):
    """Each municipality with what is known of it of the facts `asked`, in official order."""
    recorded = defaultdict(list)
    for row in MunicipalFact.objects.newest().filter(fact__in=asked).select_related("fact"):
        recorded[row.municipality_id].append(row)
    towns = Municipality.objects.governed().select_related("subprefecture").order_by("subprefecture__order", "code")
    return [(town, eligibility_facts(town, recorded[town.pk])) for town in towns]


def _reach(rules, facts):
    towns = {state: [] for state in State}
    for town, known in facts:
        towns[judge(rules, known).state].append(town)
    return Reach(towns, narrows=any(rule.fact not in NOT_OF_PLACES for rule in rules))
