"""One cell in words: what it was read as, and what would come of it."""

from dataclasses import dataclass
from decimal import Decimal

from sumairu.imports.comparing import TO_WRITE, Outcome, cell_key
from sumairu.imports.kinds import SKIPPED_BY_ANSWER
from sumairu.imports.sheet.marks import MARKS, Mark
from sumairu.imports.sources import summary_of, with_sources


@dataclass(frozen=True)
class Selected:
    """`key` is that under which the cell is left out by an answer, `question` the key of what is asked of it."""

    name: str
    mark: Mark | None = None
    says: str = ""
    value: str = ""
    then: str = ""
    note: str = ""
    key: str = ""
    can_be_left_out: bool = False
    is_left_out: bool = False
    question: str = ""


def selected(name, line, text, answers, model, is_saved=False):
    """The cell of this name, of which `line` came, if any; `text` is what one sees in it, `model` what stored figures are.

    Where the run `is_saved`, it says what came of the cell then.
    """
    if line is None:
        return Selected(name, says="数値としては読んでいないセルです。")
    shown = text or line.raw
    printed = shown if not line.unit or shown.endswith(line.unit) else f"{shown}{line.unit}"
    key = cell_key(line)
    return Selected(
        name=name,
        mark=MARKS[Outcome(line.outcome)],
        says="・".join(filter(None, (line.words, printed))),
        value=line.after_words,
        then=_came_of(line) if is_saved else _then(line, model),
        note=line.note,
        key=key,
        can_be_left_out=not is_saved and line.outcome in TO_WRITE,
        is_left_out=not is_saved and line.reason == SKIPPED_BY_ANSWER and key in answers,
        question="" if is_saved else line.asked,
    )


def _then(line, model):
    """What would come of a line, and why."""
    match line.outcome:
        case Outcome.NEW:
            before = (
                f"前{line.year_noun}は{line.words_of(line.previous)}{_change(line)}。"
                if line.previous is not None
                else ""
            )
            return f"まだ登録がありません。{before}"
        case Outcome.CHANGED:
            difference = line.value - line.before
            sign = "＋" if difference > 0 else "−"
            return (
                f"登録済みの{line.before_words}（{_source_of(line, model)}）との差は"
                f"{sign}{line.words_of(abs(difference))}です。"
            )
        case Outcome.UNCHANGED:
            return f"登録済みの値（{_source_of(line, model)}）と同じです。保存しても変わりません。"
    return line.reason


def _came_of(line):
    """What came of a line when the run was saved, and why."""
    match line.outcome:
        case Outcome.NEW:
            return "新しく入れました。"
        case Outcome.CHANGED:
            return f"{line.before_words}から変えました。"
        case Outcome.UNCHANGED:
            return "登録済みの値と同じでした。"
        case Outcome.ERROR | Outcome.QUESTION:
            return f"入れませんでした。{line.reason}"
    return line.reason


def _source_of(line, model):
    stored = with_sources(model.objects.filter(pk=line.stored_id))
    return summary_of(list(stored)) if stored else "いま取り消された値"


def _change(line):
    """By how much a figure differs from the year before: （＋3.4%）."""
    if not line.previous:
        return ""
    percent = Decimal(line.value - line.previous) / abs(line.previous) * 100
    return f"（{'＋' if percent >= 0 else '−'}{abs(percent):,.1f}%）"
