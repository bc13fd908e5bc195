"""What somebody who types may be about to say: names that the public sees, few and at once."""

from itertools import chain, islice, product

from django.utils.timezone import localdate

from sumairu.convention import modules_named
from sumairu.descriptions import described
from sumairu.lib.excerpts import query_words
from sumairu.lib.folding import fold
from sumairu.lib.pairs import letters
from sumairu.lib.place_names import is_kana, sound
from sumairu.lib.readings import is_spelled
from sumairu.search import words
from sumairu.search.models import Document, Reading
from sumairu.search.words import Question, Word

MOST, MOST_NAMES = 8, 5
TITLES_LOOKED_AT = 40  # the same stands in many years
MOST_BEGUN = 12  # words that begin with the same kana


def suggestions(query, on=None):
    """At most `MOST` pairs of a name and what it names, for a text as far as it is typed.

    For a single kana they are what begins with it.
    """
    sought = [word for word in query_words(query) if letters(word)]
    if not sought:
        return []
    ways = [[fold(word)] for word in sought]
    ways[-1] += _begun(sought[-1])
    on = on or localdate()
    if _is_one_kana(sought):
        named = _begin_so(ways[0], on)
    else:
        named = chain(islice(_names(map("".join, product(*ways))), MOST_NAMES), _titles(ways, on))
    found = {}
    for name, label in named:
        found.setdefault(fold(name), (name, label))
    return list(found.values())[:MOST]


def _is_one_kana(sought):
    """It says how a name begins, and no more: inside of other words it stands nearly everywhere."""
    return len(sought) == 1 and len(sought[0]) == 1 and is_kana(sought[0])


def _begin_so(texts, on):
    kana = texts[0]
    for name, spellings, label in names_told():
        if any(fold(each).startswith(kana) for each in (name, *spellings)):
            yield name, label
    yield from ((title, label) for title, label in _titles([texts], on) if fold(title).startswith(tuple(texts)))


def names_told():
    """What the apps name in their `descriptions.names()`."""
    modules = [module for module in modules_named("descriptions") if hasattr(module, "names")]
    return [told for module in modules for told in module.names()]


def _begun(word):
    """What a word in kana begins to spell, if it is one."""
    if not is_spelled(word):
        return []
    begun = Reading.objects.filter(kana__startswith=fold(word)).order_by("kana").values_list("word", flat=True)
    return [fold(each) for each in begun[:MOST_BEGUN]]


def _names(texts):
    """Of what the apps name in their `descriptions.names()`: what begins so or has it inside, then what sounds so."""
    texts = tuple(texts)
    named = [([fold(name), *map(fold, spellings)], name, label) for name, spellings, label in names_told()]
    for spelled, name, label in named:
        if any(each.startswith(texts) for each in spelled):
            yield name, label
    for (folded, *_), name, label in named:
        if any(text in folded for text in texts):
            yield name, label
    if sounds := tuple(filter(None, map(sound, filter(is_kana, texts)))):
        for (_, *spelled), name, label in named:
            if any(sound(each).startswith(sounds) for each in spelled):
                yield name, label


def _titles(ways, on):
    """The newest titles that have each word in one of its ways."""
    question = Question(tuple(Word(tuple(dict.fromkeys(map(letters, each)))) for each in ways), (), on)
    ids = [pk for pk, _ in words.found(question, TITLES_LOOKED_AT, in_title=True)]
    documents = Document.objects.in_bulk(ids)
    labels = {kind.slug: kind.label for kind in described()}
    return [(documents[pk].title, labels[documents[pk].kind]) for pk in ids if pk in documents]
