"""Sentences that say what figures of a town did and where they stand, without a judgement.

What is said of a change: 「横ばい」 where it is less than `STEADY` percent after rounding to one decimal, else by how much and
which way. Differences are those of the rounded values that the reader sees. A negative number has △ in running text.

>>> from sumairu.lib.charts import yearly
>>> def points(values):
...     return yearly(values, str, label="{}年".format)
>>> over_time("総人口", points({2015: 26917, 2020: 24636}), "{:,}人".format)
'総人口は、2015年の26,917人から2020年の24,636人へ、2,281人（8.5％）減少しています。数値があるのは、この2つの年だけです。'
>>> over_time("出生数", points({2020: 100, 2021: 99, 2023: 100}), "{:,}人".format)
'出生数は、2020年も2023年も100人で、変わっていません。2022年の数字はありません。'
>>> over_time("事業所数", points({2021: 1200}), "{:,}所".format), over_time("医師数", [], str)
('事業所数は、2021年に1,200所です。くらべられる年の数値は、まだありません。', '医師数の数値は、この町についてはまだ記録がありません。')
>>> standing("65歳以上の割合", Decimal("36.5"), [("管内の中央値", Decimal("36.1")), ("全道の中央値", Decimal("39.0"))], PERCENT)
'65歳以上の割合は36.5％で、管内の中央値（36.1％）より0.4ポイント高く、全道の中央値（39.0％）より2.5ポイント低くなっています。'
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sumairu.lib.chart_words import Say, missing_years
from sumairu.lib.charts import Number, Point

STEADY = Decimal("1.0")  # percent: what changed by less is called 横ばい
NOTHING = "{}の数値は、この町についてはまだ記録がありません。"


@dataclass(frozen=True)
class Scale:
    """How values of a unit are said: `unit` after a value, `gap` after a difference; `more` and `less` as they are joined."""

    unit: str = ""
    gap: str = ""
    more: str = "多く"
    less: str = "少なく"

    def say(self, value: Number) -> str:
        return f"{plain(value)}{self.unit}"

    def say_gap(self, difference: Number) -> str:
        return f"{plain(_size(difference))}{self.gap or self.unit}"


PERCENT = Scale("％", "ポイント", "高く", "低く")
INDEX = Scale("", "", "高く", "低く")


def plain(value: Number) -> str:
    """`1,234`, and △ before what is negative, as running text has it.

    >>> plain(Decimal("-8.30")), plain(12345)
    ('△8.30', '12,345')
    """
    return f"{'△' if value < 0 else ''}{_size(value):,}"


def absent(noun: str) -> str:
    return NOTHING.format(noun)


def rate(before: Number, now: Number) -> Decimal | None:
    """By how many percent `now` differs, to one decimal; None where the earlier value is no measure of it.

    >>> rate(200, 181), rate(1000, 1000), rate(0, 5), rate(-3, 5)
    (Decimal('-9.5'), Decimal('0.0'), None, None)
    """
    if before <= 0:
        return None
    change = (Decimal(now) - Decimal(before)) * 100 / Decimal(before)
    return change.quantize(Decimal("0.1"), ROUND_HALF_UP) + 0  # no −0.0


def rate_words(before: Number, now: Number) -> str:
    """A change in a heading: 「9.5％減」, 「同じ」, 「0.1％未満の増」, 「増」 where no rate can be stated.

    >>> [rate_words(*pair) for pair in ((200, 181), (200, 219), (7, 7), (10_000, 10_001), (0, 4))]
    ['9.5％減', '9.5％増', '同じ', '0.1％未満の増', '増']
    """
    if before == now:
        return "同じ"
    way = "増" if now > before else "減"
    by = rate(before, now)
    if by is None:
        return way
    return f"{abs(by)}％{way}" if by else f"0.1％未満の{way}"


def over_time(noun: str, points: Sequence[Point], say: Say) -> str:
    """From the first value to the last, and which years between them are missing. `points` has every year of its span."""
    known = [(point.label, point.value) for point in points if point.value is not None]
    if not known:
        return absent(noun)
    (first, before), (last, now) = known[0], known[-1]
    if len(known) == 1:
        return f"{noun}は、{last}に{say(now)}です。くらべられる年の数値は、まだありません。"
    few = "数値があるのは、この2つの年だけです。" if len(known) == 2 else missing_years(points)
    return f"{noun}は、{_changed(first, before, last, now, say)}。{few}"


def _changed(first: str, before: Number, last: str, now: Number, say: Say) -> str:
    if before == now:
        return f"{first}も{last}も{say(now)}で、変わっていません"
    span, size = f"{first}の{say(before)}から{last}の{say(now)}へ、", say(_size(now - before))
    way = "増加" if now > before else "減少"
    by = rate(before, now)
    if by is None:
        return f"{span}{size}{way}しています"
    percent = f"{abs(by)}％" if by else "0.1％未満"
    if abs(by) < STEADY:
        return f"{span}{size}（{percent}）の{way}で、横ばいです"
    return f"{span}{size}（{percent}）{way}しています"


def standing(noun: str, here: Number | None, others: Sequence[tuple[str, Number | None]], scale: Scale) -> str:
    """How the value of a town differs from each of `others`, pairs of what it is called and its value.

    >>> standing("病院数", 3, [("管内の中央値", 3), ("似たまちの中央値", None)], Scale("施設"))
    '病院数は3施設で、管内の中央値（3施設）と同じです。'
    >>> standing("病院数", 3, [], Scale("施設")), standing("病院数", None, [("管内の中央値", 3)], Scale("施設"))
    ('病院数は3施設です。くらべられるまちの数値は、まだありません。', '病院数の数値は、この町についてはまだ記録がありません。')
    """
    if here is None:
        return absent(noun)
    known = [(word, value) for word, value in others if value is not None]
    if not known:
        return f"{noun}は{scale.say(here)}です。くらべられるまちの数値は、まだありません。"
    said = [
        _beside(here, word, value, scale, is_last=place == len(known)) for place, (word, value) in enumerate(known, 1)
    ]
    return f"{noun}は{scale.say(here)}で、{'、'.join(said)}。"


def _beside(here: Number, word: str, value: Number, scale: Scale, is_last: bool) -> str:
    beside = f"{word}（{scale.say(value)}）"
    if here == value:
        return f"{beside}と同じ{'です' if is_last else 'で'}"
    way = scale.more if here > value else scale.less
    return f"{beside}より{scale.say_gap(here - value)}{way}{'なっています' if is_last else ''}"


def standing_heading(noun: str, here: Number, others: Sequence[tuple[str, Number | None]], scale: Scale) -> str:
    """The same in a heading, beside the first of `others` that is known.

    >>> standing_heading("財政力指数", Decimal("0.30"), [("似たまちの中央値", Decimal("0.25"))], INDEX)
    '財政力指数0.30は、似たまちの中央値より0.05高い'
    >>> standing_heading("財政力指数", Decimal("0.30"), [("似たまちの中央値", None)], INDEX)
    '財政力指数は0.30'
    """
    beside = next(((word, value) for word, value in others if value is not None), None)
    if beside is None:
        return f"{noun}は{scale.say(here)}"
    word, value = beside
    if here == value:
        return f"{noun}{scale.say(here)}は、{word}と同じ"
    way = (scale.more if here > value else scale.less).removesuffix("く") + "い"
    return f"{noun}{scale.say(here)}は、{word}より{scale.say_gap(here - value)}{way}"


def balance(when: str, more: tuple[str, Number], less: tuple[str, Number], say: Say) -> str:
    """Which of two counts was larger, each with its value.

    >>> balance("令和5年（2023）", ("出生", 85), ("死亡", 205), "{:,}人".format)
    '令和5年（2023）は、死亡（205人）が出生（85人）を120人上回っています。'
    >>> balance("令和5年（2023）", ("出生", 0), ("死亡", 0), "{:,}人".format)
    '令和5年（2023）は、出生と死亡が同じ0人です。'
    """
    if more[1] == less[1]:
        return f"{when}は、{more[0]}と{less[0]}が同じ{say(more[1])}です。"
    (name, most), (other, fewest) = sorted((more, less), key=lambda each: each[1], reverse=True)
    return f"{when}は、{name}（{say(most)}）が{other}（{say(fewest)}）を{say(most - fewest)}上回っています。"


def largest(parts: Sequence[tuple[str, Number]]) -> str:
    """The name of the largest of `parts`, or of those that are equally large.

    >>> largest([("第1次産業", 3), ("第3次産業", 5)]), largest([("第1次産業", 5), ("第3次産業", 5)])
    ('第3次産業', '第1次産業と第3次産業')
    """
    most = max(value for _, value in parts)
    return "と".join(name for name, value in parts if value == most)


def _size(number: Number) -> Number:
    return number if number >= 0 else -number
