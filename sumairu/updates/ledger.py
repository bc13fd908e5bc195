"""Keeping what the public was told: who may have changed something says so, the worker compares."""

import logging
from datetime import datetime, time
from time import monotonic

from django.db import InterfaceError, OperationalError, transaction
from django.utils.timezone import localdate, make_aware, now

from sumairu.alone import one_at_a_time
from sumairu.descriptions import PAGE, described
from sumairu.lib.differences import pieces, shortened, words
from sumairu.lib.markdown import plain
from sumairu.lib.wareki import full_name
from sumairu.lib.xlsx_cells import legal
from sumairu.models import ContentVersion
from sumairu.updates.models import LastPublic, Touched, Update, UpdateFacet, What, facet_of

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 200
LONGEST = 200  # letters of a title or a note
# What says when a row changed or came, and not what it says.
NO_CONTENT = {PAGE.name, "updated_at", "first_public_on", "is_sample"}


def touched(rows):
    """These rows may say something else now: the primary keys of each kind, by its slug. In the transaction of the change."""
    Touched.objects.bulk_create(
        Touched(kind=slug, rows=pks[place : place + ROWS_AT_ONCE])
        for slug, pks in rows.items()
        for place in range(0, len(pks), ROWS_AT_ONCE)
    )


def all_touched(slugs):
    """Any row of these kinds may say something else now."""
    Touched.objects.bulk_create(Touched(kind=slug) for slug in sorted(slugs))


def touch_by_days():
    """What days alone have published and ended since the public was last told; and what was never told of."""
    for kind in described():
        public = kind.public().order_by()
        told = LastPublic.objects.filter(kind=kind.slug)
        new = public.exclude(pk__in=told.values("row")).values_list("pk", flat=True)
        gone = told.exclude(row__in=public.values("pk")).values_list("row", flat=True)
        touched({kind.slug: [*new, *gone]})


def note_waiting(seconds=None):
    """Compare what waits, for about so long or to the end. Returns how many updates that made."""
    end, noted = monotonic() + seconds if seconds else None, 0
    while (made := _note_some()) is not None:
        noted += made
        if end and monotonic() > end:
            break
    return noted


@transaction.atomic
def _note_some():
    """Of the first rows that wait how many say something else; None where none wait.

    Where that fails the rows are looked at one by one, so that one that cannot be told of holds up no other. All in one
    transaction: between a failure and what is done about it another worker would take what waits, and its rows would be the first.
    """
    one_at_a_time("updates")
    waiting = Touched.objects.first()
    if waiting is None:
        return None
    waiting.delete()
    try:
        with transaction.atomic():
            return _note_those(waiting)
    except (OperationalError, InterfaceError):  # of the database: nothing is wrong with the rows
        raise
    except Exception:
        if waiting.rows and len(waiting.rows) > 1:
            Touched.objects.bulk_create(Touched(kind=waiting.kind, rows=[pk]) for pk in waiting.rows)
        else:
            logger.exception("What became of %s cannot be told", waiting)
        return 0


def _note_those(waiting):
    kind = next((kind for kind in described() if kind.slug == waiting.kind), None)
    if kind is None:
        return 0
    if waiting.rows is None:
        told = LastPublic.objects.filter(kind=kind.slug).values_list("row", flat=True)
        samples = Update.objects.filter(kind=kind.slug, is_sample=True).order_by().values_list("row", flat=True)
        public = kind.public().order_by().values_list("pk", flat=True)
        touched({kind.slug: list(dict.fromkeys([*public, *told, *samples]))})
        return 0
    noted = _note(kind, waiting.rows)
    if noted:
        ContentVersion.moved()  # for the pages and feeds that tell of it
    return noted


def _note(kind, pks):
    told = {each.row: each for each in LastPublic.objects.filter(kind=kind.slug, row__in=pks)}
    of_before = set(Update.objects.filter(kind=kind.slug, row__in=pks).order_by().values_list("row", flat=True))
    # Of a kind that knows no day of its own on which a row came, the first of all are no news.
    tells_of_new = kind.every or LastPublic.objects.filter(kind=kind.slug).exists()
    made, new, changed = [], [], []
    for row in kind.public().filter(pk__in=pks):
        state, before = _state(kind, row), told.pop(row.pk, None)
        if before is None:
            new.append(state)
            if tells_of_new:
                made.append(_update(state, What.NEW, happened_at=None if row.pk in of_before else _came_at(row)))
            continue
        lines = _lines(kind, before.content, state.content)
        if lines:
            made.append(_update(state, What.CHANGED, lines=lines))
        if lines or _stored(before) != _stored(state):
            state.pk = before.pk
            changed.append(state)
    is_there = set(kind.model._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
    made += [_update(state, What.ENDED) for row, state in told.items() if row in is_there]
    # Samples go without a trace.
    Update.objects.filter(kind=kind.slug, row__in=set(pks) - is_there, is_sample=True).delete()
    LastPublic.objects.filter(pk__in=[state.pk for state in told.values()]).delete()
    LastPublic.objects.bulk_create(new)
    LastPublic.objects.bulk_update(changed, ["title", "note", "path", "facets", "is_sample", "content"])
    made.sort(key=lambda update: update.happened_at)
    Update.objects.bulk_create(made)
    UpdateFacet.objects.bulk_create(
        UpdateFacet(update=update, facet=facet) for update in made for facet in update.its_facets
    )
    return len(made)


def _state(kind, row):
    """What a row says today."""
    year, content = kind.year(row), {}
    for part in kind.parts_given:
        if part.name not in NO_CONTENT:
            text = part.text(row)
            content[part.name] = legal(plain(text) if part.is_markdown else text)
    facets = {"kind": [kind.slug], "year": [] if year is None else [year]} | kind.facets(row)
    return LastPublic(
        kind=kind.slug,
        row=row.pk,
        title=legal(kind.title.text(row))[:LONGEST],
        note=legal(kind.note(row) or (full_name(year) if year else ""))[:LONGEST],
        path=row.get_absolute_url(),
        facets=[facet_of(name, value) for name, values in facets.items() for value in dict.fromkeys(values)],
        is_sample=getattr(row, "is_sample", False),
        content=content,
    )


def _stored(state):
    return state.title, state.note, state.path, state.facets, state.is_sample, state.content


def _lines(kind, before, after):
    """Of each part that says something else its label and the pieces of what it said and says. A new part is no news."""
    return [
        [part.label, shortened(pieces(before[part.name], after[part.name], words))]
        for part in kind.parts_given
        if part.name in before and before[part.name] != after[part.name]
    ]


def _update(state, what, lines=(), happened_at=None):
    update = Update(
        kind=state.kind,
        row=state.row,
        what=what,
        title=state.title,
        note=state.note,
        path=state.path,
        lines=list(lines),
        is_sample=state.is_sample,
        happened_at=happened_at or now(),
    )
    update.its_facets = state.facets
    return update


def _came_at(row):
    """When the public first saw a row: on its day where that is past, else now."""
    first = getattr(row, "first_public_on", None)
    return make_aware(datetime.combine(first, time())) if first and first < localdate() else now()
