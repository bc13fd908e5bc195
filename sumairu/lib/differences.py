"""What differs between two texts, in pieces that a page shows one after the other.

>>> pieces("秋の味覚まつり", "春の味覚まつり")
[('gone', '秋'), ('new', '春'), ('same', 'の味覚まつり')]
>>> pieces("一\\n二\\n三", "一\\n三")
[('same', '一\\n'), ('gone', '二\\n'), ('same', '三')]

Work is bounded however long the texts are: what is too long to be compared letter by letter goes and comes line by line.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

LINES = 2_000  # above which two texts are not compared at all
LETTERS, ALL_LETTERS = 400, 8_000  # compared letter by letter: in one place, and in all
SHORTEST = 2  # letters in common that are worth keeping between two changes
AROUND = 60  # letters of an unchanged passage kept at each end

Piece = tuple[str, str]  # "same", "gone" or "new", and the text


def pieces(before: str, after: str) -> list[Piece]:
    """The texts in order: what stayed, what is gone, what is new."""
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
            found += _letters(gone, come)
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


def _letters(gone: str, come: str) -> list[Piece]:
    found: list[Piece] = []
    for kind, first, last, start, end in SequenceMatcher(None, gone, come, autojunk=False).get_opcodes():
        if kind == "equal" and last - first >= SHORTEST:
            found.append(("same", gone[first:last]))
        else:
            found += [("gone", gone[first:last]), ("new", come[start:end])]
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
