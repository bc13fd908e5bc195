"""Tables whose rows can stand as lists on a narrow screen: each cell is told the header of its column.

The style sheet sets the label before the cell where the columns have no room side by side. A table with no header, or
with a header of several rows, is left as it is: it scrolls in its box.

>>> table = '<table><thead><tr><th>まち<th>額<span class="unit">円</span></tr></thead><tr><th>根室市<td>1</table>'
>>> print(labelled(table))
<table data-stacks><thead><tr><th>まち<th>額<span class="unit">円</span></tr></thead><tr><th>根室市<td data-label="額（円）">1</table>
"""

import re

_TABLE = re.compile(r"<table\b([^>]*)>(.*?)(?=</table>)", re.DOTALL)
_HEAD = re.compile(r"<thead\b.*?</thead>", re.DOTALL)
_HEADER = re.compile(r"<th\b([^>]*)>(.*?)(?=<th\b|</th>|</tr>|</thead>)", re.DOTALL)
_OPENING = re.compile(r"<(tr|th|td)\b([^>]*)>")
_UNIT = re.compile(r'<span class="unit">(.*?)</span>')
_TAG = re.compile(r"<[^>]*>")
_SPAN = re.compile(r'\bcolspan="?(\d+)')


def labelled(html: str) -> str:
    """`html` with a `data-label` on each cell of its tables, and `data-stacks` on tables that have them."""
    return _TABLE.sub(_labelled_table, html)


def _labelled_table(table: re.Match[str]) -> str:
    attributes, inside = table.groups()
    head = _HEAD.search(inside)
    if not head or head[0].count("<tr") != 1 or "data-keeps" in attributes:
        return table[0]
    labels = [_text(text) for before, text in _HEADER.findall(head[0]) for _ in range(_columns(before))]
    body = _with_labels(inside[head.end() :], labels)
    return f"<table{attributes} data-stacks>{inside[: head.end()]}{body}"


def _with_labels(body: str, labels: list[str]) -> str:
    column = 0

    def opening(tag: re.Match[str]) -> str:
        nonlocal column
        name, attributes = tag.groups()
        if name == "tr":
            column = 0
            return tag[0]
        width = _columns(attributes)
        label = labels[column] if column < len(labels) and width == 1 else ""
        column += width
        return f'<td{attributes} data-label="{label}">' if name == "td" and label else tag[0]

    return _OPENING.sub(opening, body)


def _columns(attributes: str) -> int:
    span = _SPAN.search(attributes)
    return int(span[1]) if span else 1


def _text(html: str) -> str:
    """The words of a header, its unit in brackets, fit to stand in an attribute."""
    return " ".join(_TAG.sub("", _UNIT.sub(r"（\1）", html)).split()).replace('"', "&quot;")
