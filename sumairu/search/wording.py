"""The ways in which a text may say what somebody looks for: other spellings, words that mean the same, or sound so."""

from collections import defaultdict
from dataclasses import dataclass

from sumairu.lib.folding import fold
from sumairu.lib.readings import composed, is_spelled, stretches
from sumairu.lib.wordings import wordings
from sumairu.search.models import Reading, Synonym

MOST_WAYS = 20  # that one word is looked for in


@dataclass(frozen=True)
class Way:
    """`text` is folded, as an index has it; `shown` is for people, and `how` joins the word to it: 「鹿」の言いかえ「エゾシカ」.

    Where it is another spelling of the word itself, nothing joins them.
    """

    text: str
    shown: str
    how: str = ""


def ways_to_say(word):
    """All ways to say one word; what was typed comes first."""
    return all_ways([word])[word]


def all_ways(words):
    """Of each of `words` the ways to say it, with as many queries for several as for one."""
    typed = {word: [Way(text, text if place else word) for place, text in enumerate(wordings(word))] for word in words}
    synonyms = _synonyms({way.text for ways in typed.values() for way in ways})
    spelled = _spelled({fold(word) for word in words if is_spelled(word)})
    return {
        word: _once([*ways, *(same for way in ways for same in synonyms[way.text]), *spelled.get(fold(word), ())])
        for word, ways in typed.items()
    }


def _synonyms(texts):
    """For each folded text the ways to say what means the same."""
    groups = Synonym.objects.filter(folded__in=texts).values("folded_group")
    together = defaultdict(list)
    for row in Synonym.objects.filter(folded_group__in=groups):
        together[row.folded_group].append(Way(row.folded, row.word, "の言いかえ"))
    found = defaultdict(list)
    for ways in together.values():
        for way in ways:
            if way.text in texts:
                found[way.text] += ways
    return found


def _spelled(kana):
    """For each text in kana the ways to say what it spells."""
    known = defaultdict(list)
    if kana:
        for reading in Reading.objects.filter(kana__in=set().union(*map(stretches, kana))):
            known[reading.kana].append(reading.word)
    return {each: [Way(fold(word), word, "と読む") for word in composed(each, known)] for each in kana}


def _once(ways):
    """Each text once, where it comes first."""
    found = {}
    for way in ways:
        found.setdefault(way.text, way)
    return list(found.values())[:MOST_WAYS]
