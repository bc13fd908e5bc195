"""Kinds of figures that can be imported. Each app says which it has in its `imports.py`, in a list `KINDS`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sumairu.convention import modules_named
from sumairu.lib.blank_workbooks import Blank
from sumairu.lib.folding import fold
from sumairu.lib.question_keys import QuestionKey
from sumairu.lib.workbooks.words.uses import TIME, YEAR, is_class, use_of
from sumairu.lib.workbooks.words.years import is_year

# The answer to any question: what was asked about is left out.
SKIP = "skip"
SKIPPED_BY_ANSWER = "読まないと答えました。"


class Unidentified(ValueError):
    """A figure of which the portal cannot say whose it is; the message is for the editor."""


class LeftOut(ValueError):
    """A figure that is read well and is none of ours (another prefecture's); the message says why."""


@dataclass(frozen=True)
class New:
    """What may be missing from the records, and so cannot be chosen: of which model, and what is known of it already."""

    model: type
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """Something that the portal cannot know of some figures, and only the editor can.

    `choices` and `others` are (answer, words): the likely ones, and where there are more, all the rest. Questions of
    the same `key` are one. `remembers` says what an answer may be kept as for later workbooks (「この書き方を、選んだ
    市町村の別名として覚える」); empty where it holds for this one alone. `new` is what may have to be added first.
    """

    key: QuestionKey
    title: str
    text: str
    choices: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...] = ()
    remembers: str = ""
    new: New | None = None

    def accepts(self, answer):
        return answer == SKIP or answer in self._words

    def words_of(self, answer):
        return "読まない" if answer == SKIP else self._words.get(answer, "")

    @cached_property
    def _words(self):
        return dict((*self.choices, *self.others))


OF_YEARS = (YEAR, TIME)
# Headers of columns beside the names that say something else than whose a figure is.
_ASIDE = tuple(
    fold(word)
    for word in (
        "年度",
        "段階",
        "補正",
        "備考",
        "注記",
        "摘要",
        "単位",
        "番号",
        "No",
        "順位",
        "ふりがな",
        "よみ",
        "読み",
        "カナ",
    )
)


def is_aside(header):
    """Does a column under this header say something else than whose a figure is?"""
    return fold(header).startswith(_ASIDE)


def names_of(figure):
    """What says whose a figure is, as (header, text) each: its labels, and what sorts its row.

    「区分：旧阿寒町分」 may say that it is of a part only of what the labels name. What stands amid the figures does not, and
    the year of a row neither.
    """
    labels = (pair for pair in figure.labels if not _states_year(*pair))
    return [*labels, *(pair for pair in figure.beside if not pair[0] or is_class(pair[0]))]


@lru_cache(20_000)
def _states_year(header, text):
    return use_of((header,)) in OF_YEARS or is_year(text)


class Asked(Exception):
    """A figure that waits for the answer to a `Question`."""

    def __init__(self, question):
        super().__init__(question.text)
        self.question = question


class Answers(dict):
    """What the editor said, by the keys of questions. `settled` are the questions that were put and have their answer."""

    def __init__(self, given=()):
        super().__init__(given)
        self.settled = {}
        self.are_of_units = any(QuestionKey(key).about == "unit" for key in self)

    def to(self, question):
        """The answer to a question. Raises `Asked` where there is none, `LeftOut` where it is to leave the figure out."""
        answer = self.get(question.key)
        if answer is None or not question.accepts(answer):
            raise Asked(question)
        self.settled[question.key] = question
        if answer == SKIP:
            raise LeftOut(SKIPPED_BY_ANSWER)
        return answer


@dataclass(frozen=True)
class FigureKind:
    """One kind of figure, as the import sees it.

    `identifier(answers)` looks up names once and gives a function from a read figure, and the titles over it, to the
    values of `key` other than the fiscal year. That function raises `Unidentified` or `LeftOut`, and puts what it
    cannot know to `answers`. `remember(key, answer)` keeps one for later workbooks.
    """

    slug: str
    label: str
    about: str  # what one figure stands for
    model: type
    measures: frozenset[str]  # the reader's words for what is counted: "yen", "people", "count"
    entity: str  # the part of the key that says whose a figure is
    names: Mapping[type, tuple[str, ...]]  # by which names are looked up: of each model the fields
    identifier: Callable[[Answers], Callable[..., Mapping[str, object]]]
    remember: Callable[[str, str], None]
    blanks: Callable[[], Sequence[Blank]]
    public_url: str  # URL name of the page that shows the figures
    series: Callable[[Mapping[str, object]], str]  # what the figures with such a key are one series of, in words
    # Of a figure with such a key the public page that shows it and its download, as (address, words); is it public?
    pages_of: Callable[[Mapping[str, object]], list[tuple[str, str]]]
    is_public: Callable[[Mapping[str, object]], bool]
    least: int | None = 0  # a smaller figure is an error

    @property
    def key(self):
        return self.model.key_fields

    @property
    def value_field(self):
        return self.model.value_field


def kinds():
    """Every kind, by its slug."""
    return {kind.slug: kind for module in modules_named("imports") for kind in module.KINDS}


def kind_of(model):
    """The kind of the figures that `model` holds."""
    return next(kind for kind in kinds().values() if kind.model is model)


def kind_label(slug):
    kind = kinds().get(slug)
    return kind.label if kind else slug
