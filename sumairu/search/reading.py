"""Which words the public pages have, and how they are read: looked up by the worker, soon after something changed.

The dictionary takes 110 MB on disk and 100 MB of memory, so that it is loaded where the worker first needs it, and in no
web process. It reads names of places as it knows them; of those whose kana the portal keeps, that kana counts: an app
tells them in its `descriptions.own_kana()`.
"""

import re
from collections import defaultdict
from functools import cache
from time import monotonic

from sumairu.convention import modules_named
from sumairu.descriptions import described
from sumairu.lib.folding import fold
from sumairu.lib.readings import Token, words_read
from sumairu.models import ContentVersion
from sumairu.search.index import parts_of
from sumairu.search.models import Document, Reading

AT_ONCE = 500  # documents: a second or two
LONGEST_LINE = 10_000  # characters; the dictionary takes 49,149 bytes at once
LONG_NAME = 3  # characters; the dictionary may cut through such a name
NOUNS = {"名詞", "形状詞", "接尾辞"}


def read_new():
    """Look up the words of documents that are not read yet, as many as one takes at once. Returns how many these were."""
    documents = list(Document.objects.filter(is_read=False)[:AT_ONCE])
    if not documents:
        return 0
    found = set(words_of(_texts(documents), own_kana()))
    known = set(Reading.objects.filter(word__in={word for _, word in found}).values_list("kana", "word"))
    new = [Reading(kana=kana, word=word) for kana, word in sorted(found - known)]
    Reading.objects.bulk_create(new, ignore_conflicts=True)
    # What was written meanwhile has other words, and is read the next time.
    read = Document.objects.filter(pk__in=[each.pk for each in documents])
    read.filter(digest__in=[each.digest for each in documents]).update(is_read=True)
    if new:
        ContentVersion.moved()
    return len(documents)


def read_for(seconds):
    """`read_new`, again and again for about so long."""
    end = monotonic() + seconds
    while read_new() and monotonic() < end:
        pass


def own_kana():
    """The kana of all names of which an app keeps it, as `{name: folded kana}`."""
    modules = [module for module in modules_named("descriptions") if hasattr(module, "own_kana")]
    return {name: fold(kana) for module in modules for name, kana in module.own_kana()}


def words_of(texts, own):
    """The nouns of `texts`, as pairs of kana and word. What several texts say is read once."""
    long = sorted((name for name in own if len(name) >= LONG_NAME), key=len, reverse=True)
    between = re.compile(f"({'|'.join(map(re.escape, long))})" if long else r"((?!))")
    for line in {line for text in texts for line in re.split(r"[\n。]", text)}:
        for start in range(0, len(line), LONGEST_LINE):
            yield from words_read(_tokens(between.split(line[start : start + LONGEST_LINE]), own), own)


def _tokens(pieces, own):
    """`pieces` are in turn of plain text, and a name whose kana is kept."""
    for place, piece in enumerate(pieces):
        if place % 2:
            yield Token(piece, own[piece], is_noun=True, is_proper=True)
        else:
            for each in _dictionary().tokenize(piece):
                part, kind, *_ = each.part_of_speech()
                is_noun = part in NOUNS and kind != "数詞"
                yield Token(each.surface(), each.reading_form(), is_noun, is_proper=kind == "固有名詞")


@cache
def _dictionary():
    from sudachipy import Dictionary, SplitMode

    return Dictionary(dict="small").tokenizer(mode=SplitMode.C)


def _texts(documents):
    """All that is said in these documents, as it is read."""
    rows = defaultdict(set)
    for document in documents:
        rows[document.kind].add(document.row)
    for kind in described():
        for row in kind.rows_indexed().filter(pk__in=rows[kind.slug]):
            yield from (text for _, text in parts_of(kind, row))
