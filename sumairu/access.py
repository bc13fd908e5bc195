"""Who may do what: each app's `access.py` states its rules, and everything that shows or changes rows asks here.

An app's `access` module offers

- `RULES`: for each of its models a `Rule`;
- optionally `postings(user)`: the roles a person holds today, and at which office.

Asked through `user.has_perm("regions.change_initiative", row)` for one row or through `rows(user, model, action)` for
all of them; the two agree because the first is answered by the second.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from django.db.models import Q

from sumairu.convention import modules_named


class Role(StrEnum):
    OFFICE = "office"  # keeps what its own subprefecture does
    HEADQUARTERS = "headquarters"  # keeps programmes and figures
    ADMINISTRATOR = "administrator"  # keeps people and official tables, and helps everyone


class Scope(StrEnum):
    ALL = "all"
    OWN = "own"  # rows of the offices where one is posted; without an office they are headquarters'


class Posting(NamedTuple):
    role: Role
    office: int | None  # a subprefecture's primary key; None is headquarters


@dataclass(frozen=True)
class Rule:
    """Who sees the rows of one model and who keeps (adds, changes, deletes, imports) them.

    `owner` is the lookup from a row to the office it belongs to. `actions` are those that keeping means here;
    `deletable` gives the condition of the rows that may go at all.
    """

    seen_by: Mapping[Role, Scope]
    kept_by: Mapping[Role, Scope] = field(default_factory=dict)
    owner: str = ""
    actions: Collection[str] = ("add", "change", "delete")
    deletable: Callable[[], Q] = Q


EVERYONE = {Role.OFFICE: Scope.ALL, Role.HEADQUARTERS: Scope.ALL, Role.ADMINISTRATOR: Scope.ALL}
HEADQUARTERS = {Role.HEADQUARTERS: Scope.ALL, Role.ADMINISTRATOR: Scope.ALL}
ADMINISTRATORS = {Role.ADMINISTRATOR: Scope.ALL}
SEEN, KEPT = ("view", "export"), ("add", "change", "delete", "import")


def rule_for(model):
    """The rule for `model`; None where its app states none, and then nobody may do anything with it."""
    return _rules().get(model)


def rows(user, model, action="view"):
    """The rows of `model` to which `user` may do `action`: view, export, add, change, delete or import.

    For add and import they are the rows that may be the outcome.
    """
    rule, scopes = rule_for(model), _scopes(user, model, action)
    queryset = model._default_manager.all()
    if not scopes:
        return queryset.none()
    if action == "delete":
        queryset = queryset.filter(rule.deletable())
    return queryset if Scope.ALL in scopes else queryset.filter(_of_offices(rule.owner, offices_of(user)))


def may(user, model, action, row=None):
    """May `user` do `action` to `row`? Without a row: to any row of this kind at all?"""
    if row is None or row.pk is None:
        return bool(_scopes(user, model, action))
    return rows(user, model, action).filter(pk=row.pk).exists()


def keeps_all(user, model, action="change"):
    return Scope.ALL in _scopes(user, model, action)


def choices(user, model, field_name, queryset):
    """Of `queryset`, what `field_name` of a row of `model` may point to when `user` keeps that row.

    Where the field leads to the row's owner, only the user's own offices and what is theirs; nobody gives a row away.
    Elsewhere what the user may see.
    """
    rule = rule_for(model)
    first, _, rest = rule.owner.partition("__")
    if first == field_name and not keeps_all(user, model):
        return queryset.filter(_of_offices(rest or "pk", offices_of(user)))
    if rule_for(queryset.model):
        return queryset & rows(user, queryset.model)
    return queryset


def must_name_owner(user, model, field_name):
    """Must `field_name` of a row of `model` be filled? It must where it says whose the row is, unless the user keeps all rows."""
    first, _, _ = rule_for(model).owner.partition("__")
    return first == field_name and not keeps_all(user, model) and None not in offices_of(user)


def may_beneath(user, model, action, parent_field, parent=None):
    """May `user` do `action` to whatever rows of `model` lie beneath `parent`, to which their `parent_field` leads?

    So where the user keeps all of them anyhow, or keeps the parent and with it what is beneath.
    """
    if action in SEEN or keeps_all(user, model, action):
        return may(user, model, action)
    if not rule_for(model).owner.startswith(f"{parent_field}__") or not may(user, model, action):
        return False
    return parent is None or may(user, type(parent), "change", parent)


def postings(user):
    """The roles that `user` holds today, asked once for each user object (that is, once a request)."""
    if not user.is_active:
        return frozenset()
    if not hasattr(user, "_postings"):
        user._postings = frozenset(
            posting
            for access in modules_named("access")
            if hasattr(access, "postings")
            for posting in access.postings(user)
        ) | ({Posting(Role.ADMINISTRATOR, None)} if user.is_superuser else frozenset())
    return user._postings


def kept_in_office(user):
    """Why `user` may not stop signing in, as each app's `access.must_stay(user)` says; empty where nothing keeps them."""
    return _told("must_stay", user)


def absences(user):
    """Why somebody with the right password may not enter today, as each app's `access.absence(user)` says."""
    return _told("absence", user)


def _told(name, user):
    return [
        words for access in modules_named("access") if hasattr(access, name) and (words := getattr(access, name)(user))
    ]


def roles_of(user):
    return {posting.role for posting in postings(user)}


def offices_of(user):
    return {posting.office for posting in postings(user)}


def _scopes(user, model, action):
    rule = rule_for(model)
    if rule is None or user.is_anonymous:
        return set()
    if action in SEEN:
        granted = rule.seen_by
    elif action in rule.actions or (action == "import" and {"add", "change"} <= set(rule.actions)):
        granted = rule.kept_by
    else:
        return set()
    return {granted[role] for role in roles_of(user) if role in granted}


def _of_offices(lookup, offices):
    own = Q(**{f"{lookup}__in": [office for office in offices if office is not None]})
    return own | Q(**{f"{lookup}__isnull": True}) if None in offices and lookup != "pk" else own


@cache
def _rules():
    """Every rule of every app, by its model."""
    return {model: rule for access in modules_named("access") for model, rule in access.RULES.items()}
