"""How far an indicator of a plan (KPI) has come from where it began to where it should be, in one sentence.

>>> print(sentence(Value(Decimal(120), "令和元年度"), Value(Decimal(138), "令和5年度"), Value(Decimal(150), "令和6年度"), "人"))
基準値120人（令和元年度）から目標値150人（令和6年度）までのうち、最新の値は138人（令和5年度）で、道のりの60％です。
>>> print(sentence(UNKNOWN, Value(Decimal("3.5"), "令和5年度"), Value(Decimal(4), "令和6年度"), "％"))
目標値は4％（令和6年度）、最新の値は3.5％（令和5年度）です。基準値の記録がないため、どこまで進んだかは分かりません。

What is not recorded is not 0: it is said to be missing, and nothing is reckoned with it.
"""

from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple


class Value(NamedTuple):
    """A number, None where it is not recorded, and of when it is, in words; empty where nobody says."""

    amount: Decimal | None
    when: str = ""

    def written(self, unit: str = "") -> str:
        """「1,234.5人（令和元年度）」; of what is not recorded 「記録なし」."""
        if self.amount is None:
            return "記録なし"
        return number(self.amount) + unit + (f"（{self.when}）" if self.when else "")


UNKNOWN = Value(None)


def number(amount: Decimal) -> str:
    """Without zeros that say nothing.

    >>> number(Decimal("1500.0000")), number(Decimal("3.50")), number(Decimal("-0.0"))
    ('1,500', '3.5', '0')
    """
    return f"{amount.normalize():,f}" if amount else "0"


def percent(base: Decimal, newest: Decimal, target: Decimal) -> int | None:
    """The part of the way that is done, never rounded up to what is not reached; None where there is no way to go.

    >>> percent(Decimal(120), Decimal(138), Decimal(150)), percent(Decimal(10), Decimal("5.01"), Decimal(5))
    (60, 99)
    >>> percent(Decimal(100), Decimal(90), Decimal(150)), percent(Decimal(8), Decimal(8), Decimal(8))
    (-20, None)
    """
    if base == target:
        return None
    return int(((newest - base) * 100 / (target - base)).to_integral_value(ROUND_FLOOR))


def sentence(base: Value, newest: Value, target: Value, unit: str = "") -> str:
    """Base, newest value and target, and how far it has come; what is not recorded is named.

    >>> print(sentence(Value(Decimal(10)), UNKNOWN, Value(Decimal(5))))
    基準値は10、目標値は5です。最新の値の記録がないため、どこまで進んだかは分かりません。
    >>> print(sentence(UNKNOWN, UNKNOWN, UNKNOWN))
    基準値・目標値・最新の値の記録がありません。
    >>> print(sentence(Value(Decimal(100)), Value(Decimal(90)), Value(Decimal(150)), "人"))
    基準値100人から目標値150人までのうち、最新の値は90人で、基準値より目標から離れています。
    >>> print(sentence(Value(Decimal(10)), Value(Decimal(4)), Value(Decimal(5)), "％"))
    基準値10％から目標値5％までのうち、最新の値は4％で、目標値に届いています。
    >>> print(sentence(Value(Decimal(8)), Value(Decimal(9)), Value(Decimal(8)), "校"))
    基準値と目標値はどちらも8校です。最新の値は9校です。
    """
    named = {"基準値": base, "目標値": target, "最新の値": newest}
    missing = "・".join(name for name, value in named.items() if value.amount is None)
    if base.amount is None or target.amount is None or newest.amount is None:
        known = "、".join(f"{name}は{value.written(unit)}" for name, value in named.items() if value.amount is not None)
        return (
            f"{known}です。{missing}の記録がないため、どこまで進んだかは分かりません。"
            if known
            else f"{missing}の記録がありません。"
        )
    done = percent(base.amount, newest.amount, target.amount)
    if done is None:
        return f"基準値と目標値はどちらも{target.written(unit)}です。最新の値は{newest.written(unit)}です。"
    way = f"基準値{base.written(unit)}から目標値{target.written(unit)}までのうち、最新の値は{newest.written(unit)}で、"
    if done >= 100:
        return f"{way}目標値に届いています。"
    return f"{way}{'基準値より目標から離れています' if done < 0 else f'道のりの{done}％です'}。"
