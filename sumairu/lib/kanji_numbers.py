"""Numbers below a hundred, and years, as they are written in kanji.

>>> [in_digits(kanji) for kanji in ("三", "十", "二十五", "二〇二七", "三十一")]
['3', '10', '25', '2027', '31']
>>> in_digits("十十"), in_digits("〇十")
('十十', '〇十')
>>> [in_kanji(number) for number in (3, 10, 25, 31)]
['三', '十', '二十五', '三十一']
"""

DIGITS = "〇一二三四五六七八九"
_DIGIT_OF = {kanji: str(value) for value, kanji in enumerate(DIGITS)}


def in_digits(kanji: str) -> str:
    """二十五 is 25, 二〇二七 is 2027; what is neither stays as it is."""
    if "十" not in kanji:
        return "".join(_DIGIT_OF[one] for one in kanji)
    tens, _, ones = kanji.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones or "〇" in (tens, ones):
        return kanji
    return str(10 * int(_DIGIT_OF.get(tens, "1")) + int(_DIGIT_OF.get(ones, "0")))


def in_kanji(number: int) -> str:
    """25 is 二十五; `number` is from 1 to 99."""
    tens, ones = divmod(number, 10)
    return f"{DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{DIGITS[ones] if ones else ''}"
