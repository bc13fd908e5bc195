"""This year's edition beside the one before it, with what changed."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.timezone import localdate

from sumairu.lib.days import period
from sumairu.lib.differences import pieces, words
from support.descriptions import EDITIONS


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str
    is_over: bool = False  # did the editor say that it is no more?

    @property
    def word(self):
        if self.is_over:
            return "今年度はなし"
        if not self.before:
            return "前の年度が不明"
        if not self.after:
            return "今回の記載なし"
        return "同じ" if self.before == self.after else "ちがう"

    @property
    def is_change(self):
        return self.word == "ちがう" or (self.is_over and bool(self.before))

    @cached_property
    def _pieces(self):
        return pieces(self.before, self.after, words) if self.is_change and not self.is_over else []

    @property
    def before_pieces(self):
        """What was said, with the words that are gone marked."""
        return [piece for piece in self._pieces if piece[0] != "new"] or [("same", self.before)]

    @property
    def after_pieces(self):
        """What is said, with the words that are new marked."""
        return [piece for piece in self._pieces if piece[0] != "gone"] or [("same", self.after)]

    @property
    def is_unknown(self):
        """Is one side silent, so that nobody can say whether it changed?"""
        return not self.is_over and not (self.before and self.after)


def differences(before, after):
    """Every field that either edition fills, in the order in which the page tells them; windows first."""
    rows = [Difference("受付期間（全道共通）", windows_of(before), windows_of(after))]
    for part in EDITIONS.parts:
        if part.is_compared:
            over = part.name in after.ended_fields
            rows.append(Difference(part.label, part.text(before).strip(), part.text(after).strip(), over))
    rows.append(Difference("公式ページ", *(_titles(each.links) for each in (before, after))))
    rows.append(Difference("様式と資料", *(_titles(each.attachments) for each in (before, after))))
    return [row for row in rows if row.before or row.after]


def _titles(rows):
    return "\n".join(str(row) for row in rows.all())


def in_words(rows):
    """What the comparison comes to. That nothing differs is said only where both years say everything."""
    changed, unknown = sum(row.is_change for row in rows), sum(row.is_unknown for row in rows)
    said = len(rows) - unknown
    if not changed and not unknown:
        return "くらべられる点に、ちがいはありません"
    if not changed and not said:
        return "くらべられる点がありません（片方の年度の内容が分かりません）"
    words = f"、{changed}つの点がちがいます" if changed else f"、どちらにも書かれている{said}つの点が同じです"
    left = f"（ほかの{unknown}つの点は、片方の年度の内容が分からないため、くらべられません）" if unknown else ""
    return words + left


def windows_of(edition):
    """The windows of everywhere, one a line; with years, since two fiscal years stand side by side."""
    windows = [window for window in edition.windows.all() if window.subprefecture_id is None]
    return "\n".join(_named(window) for window in windows)


def _named(window):
    who = "" if window.applicant == window.Applicant.ANYONE else f"{window.get_applicant_display()}："
    return f"{who}{period(window.opens_on, window.closes_on, localdate().year)}"
