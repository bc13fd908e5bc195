"""Tables of terms: how the words in them are put together and looked for.

>>> each("_ 不", "交付", "_ 団体"), any_of(["年", "年度"])
(['交付', '交付団体', '不交付', '不交付団体'], '(?:年度|年)')
>>> ends_in(["とおり", "る"], "別紙のとおり"), ends_in(["とおり", "る"], "とおり")
(True, False)
"""

import re
from collections.abc import Iterable
from itertools import product


def each(*parts: str) -> list[str]:
    """Every term that begins with a word of the first part and goes on with one of each other, `_` being nothing."""
    return ["".join(words).replace("_", "") for words in product(*(part.split() for part in parts))]


def any_of(terms: Iterable[str]) -> str:
    """What matches any of the terms in a regular expression, the longest first."""
    return f"(?:{'|'.join(sorted(map(re.escape, terms), key=len, reverse=True))})"


def ends_in(endings: Iterable[str], text: str) -> bool:
    """Does a text end in one of these, with something before it?"""
    return any(len(text) > len(ending) and text.endswith(ending) for ending in endings)
