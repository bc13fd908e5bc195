"""Long passwords that are guessed all the same: common words, rows of the keyboard and repetitions strung together."""

import gzip
import re
from functools import cache
from pathlib import Path
from unicodedata import normalize

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

# Of the site and its offices, as somebody here would write them.
OURS = [
    "hokkaido",
    "dosanko",
    "smile",
    "sumairu",
    "portal",
    "chiiki",
    "sousei",
    "tiiki",
    "sapporo",
    "sorachi",
    "ishikari",
    "shiribeshi",
    "siribesi",
    "iburi",
    "hidaka",
    "oshima",
    "osima",
    "hiyama",
    "kamikawa",
    "rumoi",
    "soya",
    "souya",
    "okhotsk",
    "ohotuku",
    "tokachi",
    "tokati",
    "kushiro",
    "kusiro",
    "nemuro",
    "honcho",
    "shinkoukyoku",
    "kyoku",
    "kancho",
    "password",
    "passwd",
    "admin",
    "kanri",
    "kanrisha",
    "shokuin",
    "example",
]
ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qazwsxedcrfvtgbyhnujm",
    "1qaz2wsx3edc",
)
LEET = str.maketrans("@40!13$57", "aaoiiesst")
MOST_PIECES = 3  # four words strung together are a phrase, and hard to guess
SHORTEST_WORD, SHORTEST_ROW = 4, 3
LONGEST = 64  # letters that are looked at: what begins with so many that are hard to guess is hard to guess


class NotMadeOfCommonWords:
    def validate(self, password, user=None):
        if _is_guessed(password):
            raise ValidationError(
                "よく使われる言葉、キーボードの並び、くり返し、日付などでできたパスワードは、すぐに推測されます。"
                "関係のない言葉を四つ以上つなぐか、意味のない文字の並びにしてください。",
                code="password_of_common_words",
            )

    def get_help_text(self):
        return "よく使われる言葉、キーボードの並び、くり返しをつないだだけのものは使えません。"


def _is_guessed(password):
    text = re.sub(r"[^\w@!$]|_", "", normalize("NFKC", password[:LONGEST]).casefold())[:LONGEST]
    return any(_pieces(each) <= MOST_PIECES for each in {text, text.translate(LEET)}) or _is_repeated(text)


def _is_repeated(text):
    """aaaaaaaaaaaa, abcabcabcabc."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 2 + 1))


def _pieces(text):
    """Of how few common pieces `text` can be made; more than `MOST_PIECES` where it cannot."""
    fewest = [0] + [MOST_PIECES + 1] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(end):
            if fewest[start] < fewest[end] - 1 and _is_common(text[start:end]):
                fewest[end] = fewest[start] + 1
    return fewest[-1]


def _is_common(piece):
    if re.fullmatch(r"[0-9!@$]{1,8}", piece) or len(set(piece)) == 1:
        return True
    if len(piece) >= SHORTEST_ROW and any(piece in row or piece[::-1] in row for row in ROWS):
        return True
    return len(piece) >= SHORTEST_WORD and piece in _words()


@cache
def _words():
    """Django's list of 20,000, read once and where a password is chosen."""
    listed = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    with gzip.open(listed, "rt", encoding="utf-8") as lines:
        return frozenset(OURS) | {line.strip() for line in lines}
