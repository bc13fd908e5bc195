"""The index of the search: its documents are written in the transaction of what changed them.

Whoever changes what the public sees asks `shown_by` which rows of which kinds show it (before it changes, too, where it
may come to lie elsewhere), and calls `changed` with them. They are few: a recording (`sumairu.versions.recording`), by
which every form, action, table and loader says what it did, and the ways in of figures (`type_in`, `take_out`, the saving
of a run and its undoing). Where many rows show it (all that an office runs, when it is renamed), the first are written at once
and the rest waits for the worker: `write_waiting`. `rebuild` makes the same from nothing; `differences` says where the two
are not the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from time import monotonic

from django.db import transaction

from sumairu.alone import one_at_a_time
from sumairu.descriptions import described
from sumairu.lib.markdown import plain
from sumairu.lib.pairs import letters
from sumairu.models import ContentVersion
from sumairu.search import words
from sumairu.search.models import ALWAYS, Document, Waiting
from sumairu.search.words import Words
from sumairu.updates import ledger as updates

ROWS_AT_ONCE = 500
WRITTEN_AT_ONCE = 300  # in the request that changed them: a second
LONGEST_TITLE = 200
# What a document's key is made of, from its highest bits: a sample?, years before 9999, the kind, the row, the stretch.
YEAR_BITS, KIND_BITS, ROW_BITS, STRETCH_BITS = 14, 6, 36, 6

Key = tuple[str, int]  # a kind's slug and the primary key of a row


def shown_by(model, pks) -> dict[int, set[Key]]:
    """For each row of `model` the rows of all kinds that show it, itself among them."""
    shown = defaultdict(set)
    for kind in described():
        if kind.model is model:
            for pk in pks:
                shown[pk].add((kind.slug, pk))
        for lookup in kind.drawn_from.get(model, ()):
            rows = model._base_manager.filter(pk__in=pks) if len(pks) > ROWS_AT_ONCE else pks
            pairs = kind.model._base_manager.filter(**{f"{lookup}__in": rows}).order_by().values_list(lookup, "pk")
            for pk, row in pairs:
                shown[pk].add((kind.slug, row))
    return shown


def changed(rows: Iterable[Key]):
    """Write the documents of these rows as they are now; of those that are gone, or no longer public, there are none.

    What became of them is told by the worker (`sumairu.updates`). Of many rows those of the kinds with the fewest are written, the newest of each, and the rest by the worker.
    """
    by_kind = defaultdict(list)
    for slug, pk in rows:
        by_kind[slug].append(pk)
    if not by_kind:
        return
    updates.touched(by_kind)
    with transaction.atomic():
        one_at_a_time("search index")
        room = WRITTEN_AT_ONCE
        for number, kind in sorted(enumerate(described()), key=lambda each: len(by_kind[each[1].slug])):
            pks = sorted(by_kind[kind.slug], reverse=True)
            _write(kind, number, pks[:room])
            _leave_waiting(kind, pks[room:])
            room = max(room - len(pks), 0)


def write_waiting(seconds):
    """Write what waits, a little at a time, for about so long. Returns how many rows that were."""
    end, written = monotonic() + seconds, 0
    while some := _write_some():
        written += some
        if monotonic() > end:
            break
    return written


@transaction.atomic
def _write_some():
    one_at_a_time("search index")
    waiting = Waiting.objects.first()
    if waiting is None:
        return 0
    for number, kind in enumerate(described()):
        if kind.slug == waiting.kind:
            _write(kind, number, waiting.rows)
    waiting.delete()
    if not Waiting.objects.exists():
        ContentVersion.moved()  # pages that show what was found meanwhile
    return len(waiting.rows)


def _leave_waiting(kind, pks):
    Waiting.objects.bulk_create(Waiting(kind=kind.slug, rows=each) for each in _batched(pks, WRITTEN_AT_ONCE))


def changed_of(model, pks):
    """`changed`, for all that shows these rows of `model`."""
    changed(set().union(*shown_by(model, list(pks)).values()))


def kinds_with(models):
    """The slugs of the kinds that show rows of `models`."""
    return {kind.slug for kind in described() if {kind.model, *kind.drawn_from} & set(models)}


def rebuild(slugs=None, *, anew=False):
    """Bring the documents of all kinds, or of those named, up to date; `anew` begins with none."""
    with transaction.atomic():
        one_at_a_time("search index")
        if anew:
            words.clear()
            Document.objects.all().delete()
        for number, kind in enumerate(described()):
            if slugs is None or kind.slug in slugs:
                stored = Document.objects.filter(kind=kind.slug).values_list("row", flat=True)
                for each in _batched(list(dict.fromkeys([*_newest_first(kind), *stored]))):
                    _write(kind, number, each)
                Waiting.objects.filter(kind=kind.slug).delete()
        if slugs is None:
            _forget(Document.objects.exclude(kind__in=[kind.slug for kind in described()]).values_list("pk", flat=True))


def differences() -> list[str]:
    """What a rebuild would change, in words."""
    found = []
    kept = words.digests()
    for number, kind in enumerate(described()):
        stored = {each.pk: each for each in Document.objects.filter(kind=kind.slug)}
        pks = kind.model._base_manager.order_by("pk").values_list("pk", flat=True)
        for each in _batched(list(pks)):
            for document, its_words in _made(kind, number, each):
                was = stored.pop(document.pk, None)
                if was is None:
                    found.append(f"ない：{kind.label}「{document}」")
                elif _said(was) != _said(document):
                    found.append(f"違う：{kind.label}「{document}」")
                elif kept.get(document.pk) != its_words.digest:
                    found.append(f"言葉が違う：{kind.label}「{document}」")
                kept.pop(document.pk, None)
        found += [f"余る：{kind.label}「{document}」" for document in stored.values()]
    return found + [f"余る言葉：{each}" for each in kept.keys() - set(Document.objects.values_list("pk", flat=True))]


def parts_of(kind, row):
    """All that is said of a row, as it is read: pairs of the part and its text, those that say nothing left out."""
    told = ((part, plain(text) if part.is_markdown else text) for part in kind.searched if (text := part.text(row)))
    return [(part, text) for part, text in told if text]


def _write(kind, number, pks):
    stored = {each.pk: each for each in Document.objects.filter(kind=kind.slug, row__in=pks)}
    made = {document.pk: (document, its_words) for document, its_words in _made(kind, number, pks)}
    new = [each for pk, each in made.items() if pk not in stored or _said(stored[pk]) != _said(each[0])]
    _forget([pk for pk in stored if pk not in made])
    Document.objects.filter(pk__in=[document.pk for document, _ in new]).delete()
    Document.objects.bulk_create([document for document, _ in new])
    words.write([its_words for _, its_words in new])


def _forget(ids):
    ids = list(ids)
    if ids:
        words.remove(ids)
        for each in _batched(ids):
            Document.objects.filter(pk__in=each).delete()


def _made(kind, number, pks):
    """The documents of rows, unsaved, each with its words."""
    for row in kind.rows_indexed().filter(pk__in=pks):
        for stretch, (first, last) in enumerate(kind.days(row)):
            yield _document(kind, number, row, stretch, first or ALWAYS[0], last or ALWAYS[1])


def _document(kind, number, row, stretch, first, last):
    title, inside, starts = kind.title.text(row), [], []
    for part, text in parts_of(kind, row):
        if part.from_start:
            starts += part.beginnings(row)
        elif part is not kind.title:
            inside.append(letters(text))
    facets = " ".join(f"{name}={value}" for name, values in _facets(kind, row) for value in values)
    told = [letters(title), inside, starts]
    digest = sha256(repr(told).encode()).hexdigest()[:32]
    pk = _place(kind, number, row, stretch)
    document = Document(
        pk=pk,
        kind=kind.slug,
        row=row.pk,
        title=title[:LONGEST_TITLE],
        facets=facets,
        public_from=first,
        public_until=last,
        digest=digest,
    )
    return document, Words(pk, *told, facets, first, last, digest)


def _facets(kind, row):
    yield "kind", [kind.slug]
    year = kind.year(row)
    if year is not None:
        yield "year", [year]
    yield from kind.facets(row).items()


def _place(kind, number, row, stretch):
    year = kind.year(row)
    place = int(getattr(row, "is_sample", False))
    place = place << YEAR_BITS | (0 if year is None else 9999 - year)
    place = place << KIND_BITS | number
    return (place << ROW_BITS | row.pk) << STRETCH_BITS | stretch


def _said(document):
    return [document.title, document.facets, document.public_from, document.public_until, document.digest]


def _newest_first(kind):
    """The keys of all rows about as a search finds them, so that what is read together lies together."""
    names = {field.name for field in kind.model._meta.fields}
    order = ["-fiscal_year", "pk"] if "fiscal_year" in names else ["pk"]
    return kind.model._base_manager.order_by(*order).values_list("pk", flat=True)


def _batched(pks, at_once=ROWS_AT_ONCE):
    return (pks[place : place + at_once] for place in range(0, len(pks), at_once))
