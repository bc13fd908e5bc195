"""What is to be settled before a save, as the preview lists it, and what comes back from that form.

Hundreds of errors are mostly one error made hundreds of times: those that say the same of different cells are one entry.
"""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from sumairu.access import may
from sumairu.imports.comparing import TO_SETTLE, TO_WRITE, Outcome, cell_key, cells_left_out
from sumairu.imports.kinds import SKIP, Question
from sumairu.imports.sheet import MARKS, SheetPage

# Of one page: questions, and cells named in one entry.
QUESTIONS_SHOWN, CELLS_NAMED = 10, 5
REASONS_SHOWN = 3
# The answer that one of the others is meant, and the field that says which.
OTHER = "other"
# All cells that were left out by an answer, taken back at once.
ALL_CELLS = "all cells"

_OF_ONE_CELL = re.compile(r"(?<=「)[^」]*(?=」)|[A-Z]{0,3}[0-9][0-9,.]*")
_IN_BRACKETS = re.compile(r"（[^（）]*）")


@dataclass(frozen=True)
class Entry:
    """Cells of which the same is to be settled; the first of them, `lines`, have links into the sheet of `page`."""

    page: SheetPage
    count: int
    lines: list

    @property
    def shown(self):
        return [(line, cell_key(line), self.page.link_to(line), self.page.names_of(line)) for line in self.lines]

    @property
    def more(self):
        return self.count - len(self.lines)


@dataclass(frozen=True)
class ErrorEntry(Entry):
    """Errors that say the same: `alike` is what they say, without what is of one cell alone; `says` all, if it can."""

    alike: str
    says: str

    @property
    def title(self):
        return self.says.partition("。")[0]

    @property
    def text(self):
        return self.says.partition("。")[2]


@dataclass(frozen=True)
class QuestionEntry(Entry):
    """`register_url` leads to the form where what is asked for is added; empty where the editor may not."""

    question: Question
    register_url: str = ""


@dataclass(frozen=True)
class Answered:
    """An answer that was given: to what, and what it was. `take_back` is the value that takes it back."""

    take_back: str
    title: str
    words: str
    is_remembered: bool = False


def grouped_errors(comparison):
    """Errors that say the same, as (what they say alike, what they say, lines): the second whole where it is one."""
    groups = {}
    for line in comparison.of(Outcome.ERROR):
        groups.setdefault(_alike(line), []).append(line)
    return [(alike, _said(alike, lines), lines) for alike, lines in groups.items()]


def _said(alike, lines):
    reasons = {line.reason for line in lines}
    return reasons.pop() if len(reasons) == 1 else alike.replace("「…」は", "セルの中身は", 1)


def error_entries(page):
    return [ErrorEntry(page, group.count, group.lines, *group.about) for group in page.kept.errors]


def question_entries(page, user):
    return [
        QuestionEntry(page, group.count, group.lines, group.about, _register_url(group.about.new, user))
        for group in page.kept.questions[:QUESTIONS_SHOWN]
    ]


def _register_url(new, user):
    if new is None or not may(user, new.model, "add"):
        return ""
    address = reverse(f"admin:{new.model._meta.label_lower.replace('.', '_')}_add")
    return f"{address}?{urlencode(new.fields)}"


def settled_answers(run, comparison):
    """What was answered so far and still matters."""
    return [
        Answered(key, f"{question.title}：{question.text}", question.words_of(run.answers[key]), key in run.remembered)
        for key, question in comparison.settled.items()
    ]


def given_answers(run, settled):
    """What was answered so far: the `settled_answers`, and as one the cells that were left out."""
    given = [*settled]
    cells = [key.name for key in cells_left_out(run.answers)]
    if cells:
        named = "、".join(cells[:CELLS_NAMED]) + (f" など{len(cells):,}件" if len(cells) > CELLS_NAMED else "")
        given.append(Answered(ALL_CELLS, f"数値：{named}", "読まない"))
    return given


def answers_in(post, run, kept):
    """What a posted form answers: `(answers, keys to remember, sentences on what it could not)`.

    Only what the run really asks is looked for, and only what a question accepts is taken.
    """
    answers, remembered, troubles = {}, [], []
    for question in (group.about for group in kept.questions):
        chosen, other = post.get(f"answer:{question.key}"), post.get(f"other:{question.key}")
        if chosen == OTHER or (not chosen and other):
            if not other:
                troubles.append(f"「{question.title}」の「ほかから選ぶ」で、どれかを選んでください。")
                continue
            chosen = other
        if not chosen:
            continue
        if not question.accepts(chosen):
            troubles.append(f"「{question.title}」の答えが、選べるもののどれでもありません。もう一度選んでください。")
            continue
        answers[question.key] = chosen
        if question.remembers and post.get(f"remember:{question.key}"):
            remembered.append(question.key)
    troubles += _answered_elsewhere(post, run, kept)
    left_out, alike = set(post.getlist("leave")), set(post.getlist("leave_alike"))
    for line in kept.all_lines() if left_out or alike else ():
        if line.outcome not in (*TO_SETTLE, *TO_WRITE):
            continue
        if cell_key(line) in left_out or (line.outcome == Outcome.ERROR and _alike(line) in alike):
            answers[cell_key(line)] = SKIP
    for key in _taken_back(post.getlist("take_back"), run):
        answers[key] = None
    return answers, remembered, troubles


def _answered_elsewhere(post, run, kept):
    """Sentences on questions that have another answer by now, as two pages were open: the first stands."""
    for given in kept.settled:
        chosen = post.get(f"answer:{given.take_back}")
        if chosen == OTHER or not chosen:
            chosen = post.get(f"other:{given.take_back}")
        if chosen and chosen != run.answers.get(given.take_back):
            yield (
                f"「{given.title}」には、もう「{given.words}」と答えています。"
                "変えるときは、「答えたもの」の「答えを取り消す」を押してから、答え直してください。"
            )


def counts_in_words(kept):
    """How many cells of each outcome, and a few words on them; of those left out, mostly why."""
    counts = kept.counts
    words = {
        Outcome.NEW: "はじめて入る",
        Outcome.CHANGED: "登録済みの値と違う",
        Outcome.UNCHANGED: "登録済みと同じ",
        Outcome.QUESTION: f"答えが要る（質問{kept.question_count:,}件）" if counts["question"] else "答えが要る",
        Outcome.ERROR: "まだ入れられない",
        Outcome.SKIPPED: kept.why_left_out or "計や増減、ほかの種類など",
    }
    return [(MARKS[outcome], counts[outcome], about) for outcome, about in words.items()]


def why_in_words(comparison):
    """Mostly why cells are left out, in a few words; empty where none is."""
    whys = why_left_out(comparison)
    told = [f"{why} {count:,}" for why, count in whys[:REASONS_SHOWN]]
    return "・".join(told) + (" など" if len(whys) > REASONS_SHOWN else "")


def why_left_out(comparison):
    """Why cells are left out, as (words, how many cells), the most frequent first.

    Reasons that differ by a name or a number only are one, told without it; where there is but one, it is told whole.
    """
    counted = Counter(line.reason for line in comparison.of(Outcome.SKIPPED))
    alike = {}
    for reason, count in counted.items():
        why = reason.partition("。")[0].removesuffix("です")
        alike.setdefault(_without_what_is_of_one_cell(why), Counter())[why] += count
    told = [(next(iter(whys)) if len(whys) == 1 else words, whys.total()) for words, whys in alike.items()]
    return sorted(told, key=lambda each: -each[1])


def _taken_back(keys, run):
    if ALL_CELLS in keys:
        yield from cells_left_out(run.answers)
    yield from (key for key in keys if key in run.answers)


def _alike(line):
    return _without_what_is_of_one_cell(line.reason)


def _without_what_is_of_one_cell(reason):
    return _OF_ONE_CELL.sub("…", _IN_BRACKETS.sub("", reason))
