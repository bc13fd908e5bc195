"""The cover of a journal, drawn from its words and a colour: an SVG that any browser and any e-book reader shows.

>>> wrapped("人とまちをつなぐ、小さな拠点のつくりかた", 9)
['人とまちをつなぐ、', '小さな拠点のつくり', 'かた']
>>> wrapped("移住", 9)
['移住']
"""

from collections.abc import Sequence
from html import escape
from unicodedata import east_asian_width

WIDTH, HEIGHT, MARGIN = 600, 848, 48  # as A4 is
_LETTERS = 9  # full-width letters of a line of the title
_NOT_FIRST = "、。，．）」』】〕・ー！？ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_FONTS = "Hiragino Sans, Noto Sans JP, Noto Sans CJK JP, Yu Gothic, Meiryo, sans-serif"


def cover(name: str, place: str, title: str, lines: Sequence[str], colour: str) -> str:
    """`name` of the journal above, `place` in the row of issues beneath it, the `title` large, `lines` at the foot."""
    size = min(54, (WIDTH - 2 * MARGIN) // _LETTERS)
    drawn = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{colour}"/>',
        f'<path d="M0 {HEIGHT} L0 620 Q150 560 300 610 T{WIDTH} 580 L{WIDTH} {HEIGHT} Z" fill="#fff" fill-opacity=".12"/>',
        f'<path d="M0 {HEIGHT} L0 700 Q190 640 330 690 T{WIDTH} 660 L{WIDTH} {HEIGHT} Z" fill="#fff" fill-opacity=".12"/>',
        _text(name, 110, 44, "700"),
        _text(place, 156, 24),
        f'<path d="M{MARGIN} 186 H{WIDTH - MARGIN}" stroke="#fff" stroke-width="2"/>',
    ]
    drawn += [_text(line, 290 + number * 74, size, "700") for number, line in enumerate(wrapped(title, _LETTERS))]
    last = HEIGHT - MARGIN - 34 * (len(lines) - 1)
    drawn += [_text(line, last + number * 34, 22) for number, line in enumerate(lines)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{''.join(drawn)}</svg>"
    )


def wrapped(text: str, letters: int) -> list[str]:
    """Lines of at most so many full-width letters; what may not begin a line hangs at the end of the one before."""
    lines, line, width = [], "", 0.0
    for letter in text:
        its = 1.0 if east_asian_width(letter) in "FWA" else 0.55
        if line and width + its > letters and letter not in _NOT_FIRST:
            lines.append(line)
            line, width = "", 0.0
        line, width = line + letter, width + its
    return [*lines, line] if line else lines


def _text(text: str, y: int, size: int, weight: str = "400") -> str:
    return (
        f'<text x="{MARGIN}" y="{y}" font-family="{_FONTS}" font-size="{size}" font-weight="{weight}" fill="#fff">'
        f"{escape(text)}</text>"
    )
