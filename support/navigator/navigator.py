"""The page 「支援をさがす」: the open question, with what would be left after each answer, and the programmes by how they fit."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from django.conf import settings

from regions.models import Theme
from sumairu.lib.days import full_day
from support.applicants import Who
from support.models import Pillar, eligibility_facts
from support.models.programs import Use
from support.navigator.checks import Check, Fit, checks_of
from support.navigator.need import Need, Question, When
from support.reach import reaches
from support.standing import Standing, speaking
from support.standing_files import shown_standings

PILLARS = {
    Pillar.FINANCIAL: "お金の支援（財政的支援）",
    Pillar.INFORMATIONAL: "情報の支援（情報支援）",
    Pillar.HUMAN: "人の支援（人的支援）",
}


class Place(Enum):
    """A group of programmes in the answer: its key, heading, shape, the word before each reason, and a note."""

    FITS = "fits", "合う支援", "usable", "合います", ""
    DEPENDS = (
        "depends",
        "条件次第",
        "maybe",
        "条件次第",
        "使えるかどうかを決めることが、登録されていないか、まだ確かめられていません。窓口でお確かめください。",
    )
    NEAR = "near", "近い支援", "not", "合いません", "1つだけ合わないものです。"
    APART = "apart", "ほかの支援", "not", "合いません", ""

    def __init__(self, key, label, mark, word, note):
        self.key, self.label, self.mark, self.word, self.note = key, label, mark, word, note


@dataclass(frozen=True)
class Match:
    """One programme with what each answer makes of it."""

    standing: Standing
    checks: list[Check]

    @cached_property
    def place(self):
        missed = self._of(Fit.NO)
        if not missed:
            return Place.DEPENDS if self._of(Fit.UNKNOWN) else Place.FITS
        # A programme that misses the only answer there is, is not near, unless that says who asks: a town is told why.
        is_near = len(missed) == 1 and (missed[0].question == Question.WHO or self._asks_more)
        return Place.NEAR if is_near else Place.APART

    @property
    def reasons(self):
        """The reasons that decide: why it does not fit, else what is not known, else why it fits."""
        return self._reasons(min(check.fit for check in self.checks))

    @property
    def unknown(self):
        """Of a programme that does not fit, what is not known either."""
        return self._reasons(Fit.UNKNOWN) if self._of(Fit.NO) else []

    @property
    def doubts(self):
        """The number of answers that it does not fit for certain."""
        return sum(check.fit != Fit.YES for check in self.checks)

    @property
    def _asks_more(self):
        return sum(check.question is not None for check in self.checks) > 1

    def _of(self, fit):
        return [check for check in self.checks if check.fit == fit]

    def _reasons(self, fit):
        return [check.reason for check in self._of(fit) if check.reason]


@dataclass(frozen=True)
class Choice:
    """An answer to the open question as a link, with the number of programmes that would fit, and that may."""

    label: str
    address: str
    fits: int
    depends: int


@dataclass(frozen=True)
class Step:
    """One of the questions: its answer, the address that asks it again, and the one that takes the answer back."""

    question: Question
    answer: str
    is_open: bool
    address: str
    without: str


@dataclass(frozen=True)
class Navigator:
    need: Need
    on: date
    public_on: date | None = None  # the day on which programmes are public; the same, where none is given

    @property
    def question(self):
        return self.need.question

    @property
    def progress(self):
        return f"質問{self.question.number}／{len(Question)}"

    @property
    def answered(self):
        return [self._step(question) for question in self.need.answered]

    @property
    def unanswered(self):
        """The questions that were skipped, which the page offers beside the results."""
        return [self._step(each) for each in Question if each not in self.need.answered] if not self.question else []

    def _step(self, question):
        address = self.need.asking(question).address
        is_open = question == self.question
        return Step(question, self.need.answer_words(question), is_open, address, self._without(question))

    def _without(self, question):
        """Empty where the answer follows from another one, so that it cannot be taken back."""
        need = self.need.but(question, None)
        return "" if need.answer_to(question) else need.asking(self.question).address

    @property
    def kept(self):
        """The answers so far, as hidden fields of the form in which a town is typed."""
        left_out = {self.question.key, "town", "ask"}
        return {name: value for name, value in self.need.parameters.items() if name not in left_out}

    @property
    def choices(self):
        """The answers that may be given to the open question; a town is typed."""
        return [self._choice(answer, words) for answer, words in self._answers.items()]

    @property
    def skip(self):
        return self.need.asking(self.question.following).address

    @property
    def back(self):
        """The address of the question before the open one, beside the results of the last question; None at the first."""
        before = self.question.preceding if self.question else Question.WHEN
        return before and self.need.asking(before).address

    @property
    def results(self):
        """The same answers without a question."""
        return self.need.asking(None).address

    @property
    def link(self):
        """The whole address of the results, to send to somebody else."""
        return f"{settings.PUBLIC_ADDRESS}{self.results}"

    def matches(self, need):
        """Every public programme, with how it fits `need`."""
        asks_any_town = need.asker == Who.MUNICIPALITY and need.town is None
        return [
            Match(standing, checks_of(standing, need, self._reaches[standing.program.pk] if asks_any_town else None))
            for standing in self._standings(need)
        ]

    @cached_property
    def groups(self):
        """Pairs of a place and its matches, empty places left out; the matches with the fewest doubts come first."""
        matches = sorted(self.matches(self.need), key=lambda match: match.doubts)
        found = {place: [match for match in matches if match.place == place] for place in Place}
        return [(place, matches) for place, matches in found.items() if matches and place != Place.APART]

    def shown(self, slugs=()):
        """The matches as they are shown, as a table to take away; only programmes of `slugs` where some are ticked."""
        rows = [
            (match.standing, place.label, place.word, "、".join([*match.reasons, *match.unknown]))
            for place, matches in self.groups
            for match in matches
            if not slugs or match.standing.program.slug in slugs
        ]
        answers = [f"{step.question.label}：{step.answer}" for step in self.answered]
        return shown_standings(rows, "支援をさがす：結果", conditions=[f"{full_day(self.on)}現在", *answers])

    @cached_property
    def counts(self):
        return self._counts(self.need)

    @property
    def headline(self):
        fits, depends = self.counts[Place.FITS], self.counts[Place.DEPENDS]
        words = f"合う支援は{fits}件" if fits else "合うと分かっている支援はありません"
        return f"{words}。条件次第の支援が{depends}件あります。" if depends else f"{words}。"

    @property
    def apart(self):
        return self.counts[Place.APART]

    @property
    def loosened(self):
        """Where no programme fits or may: each answer without which some do, as the link that takes it back."""
        if self.counts[Place.FITS] or self.counts[Place.DEPENDS]:
            return []
        without = [(question, self.need.but(question, None).asking(None)) for question in self.need.answered]
        found = [(question, need, self._counts(need)) for question, need in without]
        return [
            Choice(self.need.answer_words(question), need.address, counts[Place.FITS], counts[Place.DEPENDS])
            for question, need, counts in found
            if counts[Place.FITS] or counts[Place.DEPENDS]
        ]

    @property
    def _answers(self):
        match self.question:
            case Question.WHO:
                return {who: who.label for who in Who}
            case Question.THEME:
                programs = [program for program, _ in self._speaking]
                themes = Theme.objects.filter(programs__in=programs).distinct()
                return {theme: theme.name for theme in themes}
            case Question.PILLAR:
                return PILLARS
            case Question.USE:
                return {use: use.label for use in Use}
            case Question.WHEN:
                return {when: when.label for when in When}
        return {}

    def _choice(self, answer, words):
        need = self.need.but(self.question, answer)
        counts = self._counts(need)
        return Choice(words, need.address, counts[Place.FITS], counts[Place.DEPENDS])

    def _counts(self, need):
        return Counter(match.place for match in self.matches(need))

    def _standings(self, need):
        """The standings for who asks and from where, kept because each choice of a question needs them again."""
        who, town = need.asker, need.town
        if (who, town) not in self._kept:
            facts = self._facts if town else None if who in (None, Who.MUNICIPALITY) else {}
            self._kept[who, town] = [
                Standing(program, editions, self.on, town, facts, who) for program, editions in self._speaking
            ]
        return self._kept[who, town]

    @cached_property
    def _kept(self):
        return {}

    @cached_property
    def _speaking(self):
        return speaking(self.on, public_on=self.public_on)

    @cached_property
    def _facts(self):
        return eligibility_facts(self.need.town)

    @cached_property
    def _reaches(self):
        said = self._standings(Need(who=Who.MUNICIPALITY))
        found = reaches([standing.judged for standing in said])
        return {standing.program.pk: reach for standing, reach in zip(said, found, strict=True)}
