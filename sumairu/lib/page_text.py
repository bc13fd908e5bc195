"""What a page of ours says, as text: its title and the lines of its main part.

>>> page_text('<title>根室市｜住まいる北海道</title><p>外</p><main><h1>根室市</h1><p>人口 <b>24,636</b>人</p></main>')
('根室市', '根室市\\n人口 24,636人')
"""

import re
from html.parser import HTMLParser

_UNREAD = {"script", "style", "svg", "select", "datalist", "form"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "bdi",
    "code",
    "em",
    "i",
    "ins",
    "del",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "ruby",
}
_READINGS = {"rt", "rp"}  # of words that stand there already
_SITE = "｜住まいる北海道"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.title, self.text = "", ""
        self.inside: list[str] = []  # of what is read or not read, the elements that are open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("title", "main") or tag in _UNREAD or tag in _READINGS:
            self.inside.append(tag)
        elif tag not in _INLINE:
            self.text += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            del self.inside[len(self.inside) - 1 - self.inside[::-1].index(tag) :]
        elif tag not in _INLINE:
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        if self.inside == ["title"]:
            self.title += data
        elif self.inside == ["main"]:
            self.text += data.replace("\n", " ")


def page_text(html: str) -> tuple[str, str]:
    reader = _Reader()
    reader.feed(html)
    lines = (" ".join(line.split()) for line in reader.text.split("\n"))
    return " ".join(reader.title.split()).removesuffix(_SITE), "\n".join(filter(None, lines))


def around(text: str, part: str, most: int) -> str:
    """At most `most` characters of `text`: those around `part` where it has that, else its beginning.

    >>> around("あいうえおかきくけこ", "く", 4), around("あいうえお", "", 3), around("あい", "い", 5)
    ('かきくけ', 'あいう', 'あい')
    """
    place = text.find(part) if part else 0
    begin = max(min(place - (most - len(part)) // 2 - 1, len(text) - most), 0) if part else 0
    return text[begin : begin + most]


def says(text: str, part: str) -> bool:
    """Does `text` have `part`, however its spaces and lines are?

    >>> says("出どころ：予算.xlsx\\n推移", "予算.xlsx 推移"), says("人口", "")
    (True, False)
    """
    bare = re.sub(r"\s+", "", part)
    return bool(bare) and bare in re.sub(r"\s+", "", text)
