"""What the page says where a search has found nothing: which of its words are found by themselves, and similar names."""

from functools import cache, cached_property

from sumairu.lib.folding import fold
from sumairu.lib.nearest import Nearest
from sumairu.lib.word_parts import parts, stretches
from sumairu.paging import MOST, count_words
from sumairu.search import words
from sumairu.search.models import Document, Reading
from sumairu.search.suggesting import names_told

TITLES_COMPARED, MOST_NEAR = 3_000, 5


class Instead:
    """What can be offered in place of the hits of `search`."""

    def __init__(self, search):
        self._search = search

    @cached_property
    def apart(self):
        """Each word by itself, without facets: how many documents have it, and the search of all the other words."""
        return [WordApart(self._search, word) for word in self._search.words]

    @cached_property
    def in_parts(self):
        """The search with each word that was not found cut into words that are; None where no word can be cut.

        Whoever writes 「水産加工」 finds 水産 and 加工, though no page writes them together.
        """
        nowhere = [each.word for each in self.apart if not each.count]
        known = _words_in(nowhere)
        is_known = cache(lambda part: part in known and self._is_found(part))
        cut = {word: parts(word, is_known) for word in nowhere}
        if not any(cut.values()):
            return None
        instead = [part for word in self._search.words for part in cut.get(word) or [word]]
        return self._search.without_choices(" ".join(instead))

    def _is_found(self, word):
        """Does `word` stand on a page that is public today? Words of pages to come are known as well, and stay untold."""
        return words.count(self._search.without_choices(word).question, 1) > 0

    @property
    def told(self):
        """The search whose words the page lists one by one: the one in parts, if there is one."""
        return self.in_parts or (self._search if len(self._search.words) > 1 else None)

    @cached_property
    def nearest(self):
        """The names most like the words, each with the address of its search: titles, and all that the apps name.

        That is what `descriptions.names()` tells: towns, themes, desks, duties, what programmes are also called; each also by
        its kana, where it has some.
        """
        titles = list(Document.objects.public(self._search.on).values_list("title", flat=True)[:TITLES_COMPARED])
        called = [(each, name) for name, spellings, _ in names_told() for each in (name, *spellings)]
        near = Nearest({fold(each): name for each, name in (*zip(titles, titles, strict=True), *called)})
        names = dict.fromkeys(title for word in self._search.words for title in near(word))
        return [(name, self._search.without_choices(name).address()) for name in list(names)[:MOST_NEAR]]


class WordApart:
    """One word of a search that has found nothing."""

    def __init__(self, search, word):
        self.word = word
        by_itself = search.without_choices(word)
        self.count = words.count(by_itself.question, MOST + 1)
        self.address = by_itself.address()
        self.without = " ".join(each for each in search.words if each != word)
        self.address_without = search.without_choices(self.without).address()

    @property
    def count_words(self):
        return count_words(self.count)


def _words_in(texts):
    """The words in `texts` that pages have, or had, or will have."""
    sought = set().union(*map(stretches, texts))
    return set(Reading.objects.filter(word__in=sought).values_list("word", flat=True)) if sought else set()
