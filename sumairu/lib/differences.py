"""What differs between two texts, in pieces that a page shows one after the other.

>>> pieces("秋の味覚まつり", "春の味覚まつり")
[('gone', '秋'), ('new', '春'), ('same', 'の味覚まつり')]
>>> pieces("一\\n二\\n三", "一\\n三")
[('same', '一\\n'), ('gone', '二\\n'), ('same', '三')]

Readers are shown whole words: a number, a run of kanji, of kana or of Latin letters, since Japanese has no spaces.

>>> pieces("補助率は2分の1以内で、上限は1,000万円", "補助率は3分の1以内で、上限は1,500万円", words)
... # doctest: +NORMALIZE_WHITESPACE
[('same', '補助率は'), ('gone', '2'), ('new', '3'), ('same', '分の1以内で、上限は'), ('gone', '1,000'), ('new', '1,500'),
 ('same', '万円')]

Work is bounded however long the texts are: what is too long to be compared letter by letter goes and comes line by line.
"""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

LINES = 2_000  # above which two texts are not compared at all
LETTERS, ALL_LETTERS = 400, 8_000  # compared letter by letter: in one place, and in all
SHORTEST = 2  # letters in common that are worth keeping between two changes
AROUND = 60  # letters of an unchanged passage kept at each end

Piece = tuple[str, str]  # "same", "gone" or "new", and the text
_WORD = re.compile(
    r"[0-9０-９]+(?:[.,，．][0-9０-９]+)*"  # 1,000 and 2.5 are one number each
    r"|[A-Za-zＡ-Ｚａ-ｚ]+"
    r"|[\u3041-\u309f]+"  # hiragana
    r"|[\u30a0-\u30ff\uff66-\uff9f]+"  # katakana, with the mark that lengthens
    r"|[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]+"  # kanji, 々 and 〇 among them
    r"|.",
    re.DOTALL,
)


def words(text: str) -> list[str]:
    """A text cut where its script changes; nothing of it is lost.

    >>> words("令和6年度からメールで申請")
    ['令和', '6', '年度', 'から', 'メール', 'で', '申請']
    """
    return _WORD.findall(text)


def pieces(before: str, after: str, cut: Callable[[str], list[str]] = list) -> list[Piece]:
    """The texts in order: what stayed, what is gone, what is new; whole `words` where a text is cut into these."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if max(len(old), len(new)) > LINES:
        return _joined([("gone", before), ("new", after)])
    found: list[Piece] = []
    left = ALL_LETTERS
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[first:last]), "".join(new[start:end])
        if kind == "equal":
            found.append(("same", gone))
        elif max(len(gone), len(come)) <= LETTERS and len(gone) + len(come) <= left:
            left -= len(gone) + len(come)
            found += _within(cut(gone), cut(come))
        else:
            found += [("gone", gone), ("new", come)]
    return _joined(found)


def shortened(found: Sequence[Piece]) -> list[Piece]:
    """The same with long unchanged passages cut to what surrounds a change.

    >>> shortened([("same", "あ" * 200), ("new", "い")])[0][1][:3]
    '…ああ'
    """
    told: list[Piece] = []
    for index, (kind, text) in enumerate(found):
        if kind == "same" and len(text) > 2 * AROUND + 1:
            start = text[:AROUND] if index else ""
            end = text[-AROUND:] if index < len(found) - 1 else ""
            text = f"{start}…{end}"
        told.append((kind, text))
    return told


def _within(gone: Sequence[str], come: Sequence[str]) -> list[Piece]:
    found: list[Piece] = []
    for kind, first, last, start, end in SequenceMatcher(None, gone, come, autojunk=False).get_opcodes():
        left, came = "".join(gone[first:last]), "".join(come[start:end])
        if kind == "equal" and len(left) >= SHORTEST:
            found.append(("same", left))
        else:
            found += [("gone", left), ("new", came)]
    return _ordered(found)


def _ordered(found: Sequence[Piece]) -> list[Piece]:
    """Between two passages that stayed, first all that is gone, then all that is new."""
    told: list[Piece] = []
    waiting = {"gone": "", "new": ""}
    for kind, text in [*found, ("same", "")]:
        if kind == "same":
            told += [*waiting.items(), (kind, text)]
            waiting = {"gone": "", "new": ""}
        else:
            waiting[kind] += text
    return told


def _joined(found: Sequence[Piece]) -> list[Piece]:
    """Without empty pieces, and neighbours of one kind as one."""
    told: list[Piece] = []
    for kind, text in found:
        if text and told and told[-1][0] == kind:
            told[-1] = kind, told[-1][1] + text
        elif text:
            told.append((kind, text))
    return told
