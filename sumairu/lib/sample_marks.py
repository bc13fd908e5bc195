"""The mark of what is invented, once a block: once in an item of a list, once above a table whose rows all have it.

Behind a name that says 見本 itself it is left out.

>>> mark = '<span class="sample">見本</span>'
>>> once_a_block(f"<li>制度{mark}<p>窓口{mark}</p></li>") == f"<li>制度{mark}<p>窓口</p></li>"
True
>>> once_a_block(f'<h4><a href="/">見本：交付金</a>{mark}</h4><p>地域政策課 見本{mark}</p>')
'<h4><a href="/">見本：交付金</a></h4><p>地域政策課 見本</p>'
>>> once_a_block(f'<a href="/">見本：地域の<mark>交付金</mark></a>{mark}、<mark>見本</mark>：講習{mark}')
'<a href="/">見本：地域の<mark>交付金</mark></a>、<mark>見本</mark>：講習'
>>> row = f"<tr><td>窓口{mark}</td></tr>"
>>> once_a_block(f"<table><tbody>{row}{row}</tbody></table>").count(mark)
1
"""

import re

_MARK = '<span class="sample">見本</span>'
# A word that was sought is marked inside a name, and readings stand above it.
_INSIDE_A_NAME = r"</?(?:mark|ruby|rt|rp)>"
_SAID = re.compile(
    rf"(見本(?:{_INSIDE_A_NAME}|[ぁ-ゖ])*(?:[：（](?:{_INSIDE_A_NAME}|[^<])*)?(?:</a>)?)\s*{re.escape(_MARK)}"
)
_ITEM = re.compile(r"<li\b(?:(?!<li\b|</li>).)*</li>", re.DOTALL)
_TABLE = re.compile(r"<table\b(?:(?!</table>).)*</table>", re.DOTALL)


def once_a_block(html: str) -> str:
    """`html` with the marks left out that say again what their block has said."""
    if _MARK not in html:
        return html
    return _SAID.sub(r"\1", _TABLE.sub(_table, _ITEM.sub(_item, html)))


def _item(item: re.Match[str]) -> str:
    before, mark, after = item[0].partition(_MARK)
    return before + mark + after.replace(_MARK, "")


def _table(table: re.Match[str]) -> str:
    head, body, rows = table[0].partition("<tbody>")
    count = rows.count("<tr")
    if _MARK in head or count < 2 or any(_MARK not in row for row in rows.split("<tr")[1:]):
        return table[0]
    return f'<p class="small">{_MARK}表のすべての行</p>{head}{body}{rows.replace(_MARK, "")}'
