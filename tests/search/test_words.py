"""Both databases find what a plain look at the texts finds, letter by letter."""

from datetime import date
from random import Random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sumairu.lib.pairs import letters
from sumairu.search import words
from sumairu.search.models import ALWAYS, Document
from sumairu.search.words import Question, Word, Words, postgresql
from tests.exhaustive import ALL

pytestmark = pytest.mark.django_db

ALPHABET = "観光地海森くしろカヌー（）・ab1-'\"\\:*&|! ％ﾞ髙"
ON = date(2026, 5, 1)
QUESTIONS = 1_500 if ALL else 60


def make_corpus(seed, size=120):
    random = Random(seed)

    def text(longest):
        return "".join(random.choices(ALPHABET, k=random.randint(0, longest)))

    for pk in range(1, size):
        first, last = random.choice([ALWAYS, ALWAYS, (ON, ALWAYS[1]), (ALWAYS[0], date(2026, 4, 30))])
        facets = f"kind={random.choice('ab')} year={random.choice([2020, 2021])}"
        inside = [letters(text(60)) for _ in range(random.randint(0, 3))]
        starts = [each for each in [letters(text(6))] if each]
        yield Words(pk, letters(text(8)), inside, starts, facets, first, last, digest="")


def keep(corpus):
    Document.objects.bulk_create(
        Document(
            pk=each.id,
            kind="a",
            row=each.id,
            title="",
            facets=each.facets,
            public_from=each.public_from,
            public_until=each.public_until,
            digest="",
        )
        for each in corpus
    )
    words.write(corpus)


def plainly(corpus, question, *, in_title):
    """The keys of what is found by looking at every text."""

    def stands(word, texts, starts):
        return any(way in text for way in word.inside for text in texts) or any(
            name.startswith(start) for start in word.starts for name in starts
        )

    for each in corpus:
        if not each.public_from <= question.on <= each.public_until or not {*question.facets} <= {*each.facets.split()}:
            continue
        titled = all(stands(word, [each.title], each.starts) for word in question.words)
        anywhere = all(stands(word, [each.title, *each.texts], each.starts) for word in question.words)
        if titled if in_title else anywhere and not titled:
            yield each.id


def make_question(random, corpus):
    def way():
        texts = [text for each in corpus for text in [each.title, *each.texts, *each.starts] if text]
        text = random.choice(texts)
        at = random.randrange(len(text))
        return text[at : at + random.randint(1, 5)]

    sought = [
        Word(tuple(way() for _ in range(random.randint(1, 2))), tuple(way() for _ in range(random.randint(0, 1))))
        for _ in range(random.randint(1, 3))
    ]
    return Question(tuple(sought), random.choice([(), (), ("kind=a",), ("kind=b", "year=2021")]), ON)


@pytest.mark.parametrize("common", [0, 2], ids=["words that many have", "words that few have"])
def test_the_same_is_found_as_by_looking_at_every_text(common, monkeypatch):
    monkeypatch.setattr(postgresql, "COMMON", common)  # what many have PostgreSQL is told to look for in another way
    random = Random(0)
    corpus = list(make_corpus(0))
    keep(corpus)
    hits = 0
    for _ in range(QUESTIONS):
        question = make_question(random, corpus)
        for in_title in (True, False):
            expected = list(plainly(corpus, question, in_title=in_title))
            assert [pk for pk, _ in words.found(question, 200, in_title=in_title)] == expected, question
            hits += len(expected)
        assert words.count(question, 1_000) == sum(
            len(list(plainly(corpus, question, in_title=each))) for each in (True, False)
        )
    assert hits > QUESTIONS  # so that something was compared


@pytest.mark.postgresql
def test_each_row_says_by_itself_what_all_rows_say_together():
    """A row in the place of another row's, too: what is asked of one row is asked of no other."""
    random = Random(1)
    corpus = list(make_corpus(1))
    keep(corpus)
    hits = 0
    for _ in range(QUESTIONS):
        question = make_question(random, corpus)
        expected = sorted(pk for each in (True, False) for pk in plainly(corpus, question, in_title=each))
        sql, before, after = words.stands(question, "a")
        with connection.cursor() as cursor:
            standing = f"SELECT id FROM search_document AS asked WHERE {sql.format('asked.id')} ORDER BY id"
            cursor.execute(standing, [*before, *after])
            assert [pk for (pk,) in cursor.fetchall()] == expected, question
        hits += len(expected)
    assert hits > QUESTIONS


def test_a_long_text_is_found_to_its_end():
    """A place in a `tsvector` ends at 16,383, and a word has 256 of them."""
    text = letters("観光" * 20_000 + "夕日の海")
    keep([Words(1, "", [text], [], "kind=a", *ALWAYS, digest="")])
    for word in ("観光夕日", "日の海", "海"):
        assert words.count(Question((Word((letters(word),)),), (), ON), 10) == 1
    assert words.count(Question((Word(("海観",)),), (), ON), 10) == 0


def test_words_of_two_texts_do_not_run_together():
    keep([Words(1, "観光", ["海", "森"], [], "kind=a", *ALWAYS, digest="")])
    assert words.count(Question((Word(("海森",)),), (), ON), 10) == 0
    assert words.count(Question((Word(("海",)), Word(("観光",))), (), ON), 10) == 1


def test_what_is_written_again_stands_once():
    first = Words(1, "観光", [], [], "kind=a", *ALWAYS, digest="1")
    keep([first])
    words.write([Words(1, "海", [], [], "kind=a", *ALWAYS, digest="2")])
    assert words.count(Question((Word(("観光",)),), (), ON), 10) == 0
    assert words.digests() == {1: "2"}


@given(st.text())
def test_whatever_was_typed_is_sought_without_a_fault(text):
    """Nothing that is a mark in a query of either database reaches it as one."""
    sought = letters(text)
    if sought:
        words.count(Question((Word((sought,), (sought,)),), (f"year={text[:20]}".replace("\0", ""),), ON), 10)
