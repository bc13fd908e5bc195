"""What the rooms of the reader hold: Japanese stands in `words` and in `messages`, and nowhere else."""

import ast
import re
from pathlib import Path

import pytest

import sumairu.lib.workbooks

READER = Path(sumairu.lib.workbooks.__file__).parent
JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿々]")
# Number formats, as Excel has them in Japan, are a notation of spreadsheets.
NOTATION = ("files/formats.py", "files/display.py")
MODULES = [
    str(path.relative_to(READER))
    for path in sorted(READER.rglob("*.py"))
    if path.parent.name != "words" and path.name != "messages.py"
]


def literals(source):
    """The texts of a module, its docstrings left out."""
    tree = ast.parse(source)
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
    ]


@pytest.mark.parametrize("module", [module for module in MODULES if module not in NOTATION])
def test_only_words_and_messages_know_japanese(module):
    assert [text for text in literals((READER / module).read_text()) if JAPANESE.search(text)] == []


def test_texts_are_found_and_docstrings_are_none():
    assert literals('"""説明"""\ndef f(x):\n    """説明"""\n    return f"{x}年度" + "計"') == ["計", "年度"]
