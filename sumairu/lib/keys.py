"""What stands for a record in addresses, codes and tables: ASCII alone, so that each has one spelling and an address.

>>> import re
>>> as_key("　ＫＵＳＨＩＲＯ－２０２６－９ ")
'kushiro-2026-9'
>>> [bool(re.search(KEY, text)) for text in ("kushiro-2026-9", "kushiro-２０２６-９", "a/b", "a\\n", "")]
[True, False, False, False, False]
"""

from unicodedata import normalize

# `\Z`, since `$` lets a line break follow; both databases and Python read these alike.
KEY = r"^[a-z0-9][a-z0-9_-]*\Z"
INITIATIVE_CODE = r"^[a-z]+-[0-9]{4}-[0-9]+\Z"
MUNICIPALITY_CODE = r"^[0-9]{6}\Z"
MUNICIPALITY_CODE5 = r"^[0-9]{5}\Z"
# Printable, and no path of its own.
FILE_NAME = r"^(?!\.{1,2}\Z)[^/\x00-\x1f\x7f]{1,255}\Z"

# What Japanese keyboards give for a hyphen, and NFKC leaves alone.
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−ー－", "-"))


def as_key(text: str) -> str:
    """`text` as a key if it is one in another width or case; else whatever is left is refused by `KEY`."""
    return normalize("NFKC", text).translate(_HYPHENS).strip().lower()
