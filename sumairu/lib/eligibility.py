"""May a municipality use a programme? Judged by rules over what is known of it, with the reasons in words.

>>> small = Rule("population", "人口", Operator.LT, "50000", unit="人")
>>> here = Rule("subprefecture", "振興局", Operator.EQ, "根室振興局", unit="管内")
>>> depopulated = Rule("is_depopulated", "過疎地域の指定", Operator.EQ, "はい")
>>> nemuro = {"population": Decimal(24636), "subprefecture": "根室振興局"}
>>> large = Rule("population", "人口", Operator.GTE, "30000", unit="人")
>>> for rules in ([small, here], [small, depopulated], [large], []):
...     verdict = judge(rules, nemuro)
...     print(verdict.state.label, "—", "、".join(verdict.reasons))
使える — 人口5万人未満、根室振興局管内
条件次第 — 過疎地域の指定が確認できません
対象外 — 人口3万人以上ではありません（2万4,636人）
条件次第 — だれが使えるかの要件がまだ登録されていません
>>> [stated(rule) for rule in (small, here, depopulated)]
['人口5万人未満', '根室振興局管内', '過疎地域の指定：はい']
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sumairu.lib.amounts import AmountError, number_words, parse_number
from sumairu.lib.folding import fold

Fact = Decimal | int | str | bool | None

YES, NO = "はい", "いいえ"
NO_RULES = "だれが使えるかの要件がまだ登録されていません"


class Operator(StrEnum):
    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    IN = "in"
    JUDGED = "judged"  # by a person: the value says by whom and on what, and the answer is always unknown


class State(StrEnum):
    USABLE = "usable"
    DEPENDS = "depends"
    EXCLUDED = "excluded"

    @property
    def label(self) -> str:
        return {State.USABLE: "使える", State.DEPENDS: "条件次第", State.EXCLUDED: "対象外"}[self]


@dataclass(frozen=True)
class Rule:
    """What must hold of the fact under the key `fact`, which people call `label`.

    `value` is text as an editor types it: a number, a name, はい or いいえ where there are but two; several with `;`
    between. `wording` and `wording_unmet` take the place of the generated reason where the rule holds, and where not.
    """

    fact: str
    label: str
    operator: Operator
    value: str
    unit: str = ""
    wording: str = ""
    wording_unmet: str = ""


@dataclass(frozen=True)
class Verdict:
    state: State
    reasons: tuple[str, ...]


def judge(rules: Iterable[Rule], facts: Mapping[str, Fact]) -> Verdict:
    """All rules must hold. The reasons are those of the rules that decide: unmet ones, else unknown ones, else all."""
    met: list[str] = []
    unmet: list[str] = []
    unknown: list[str] = []
    for rule in rules:
        fact = facts.get(rule.fact)
        match _holds(rule, fact):
            case True:
                met.append(rule.wording or _met(rule, fact))
            case False:
                unmet.append(rule.wording_unmet or _unmet(rule, fact))
            case None:
                unknown.append(_unknown(rule))
    if unmet:
        return Verdict(State.EXCLUDED, tuple(unmet))
    if unknown or not met:
        return Verdict(State.DEPENDS, tuple(unknown or [NO_RULES]))
    return Verdict(State.USABLE, tuple(met))


def stated(rule: Rule) -> str:
    """What a rule asks for, whoever it is asked of."""
    if rule.wording:
        return rule.wording
    if rule.operator == Operator.JUDGED:
        return rule.value
    if rule.value.strip() in (YES, NO):
        return f"{rule.label}：{rule.value}"
    return f"{_stated(rule)}以外" if rule.operator == Operator.NE else _stated(rule)


def validate(rule: Rule) -> None:
    """Raises ValueError, in Japanese, where the value does not fit the operator."""
    values = _values(rule)
    if rule.operator not in set(Operator):
        raise ValueError(f"「{rule.operator}」という比べ方はありません。")
    if rule.operator == Operator.JUDGED:
        if not rule.value.strip():
            raise ValueError(
                "だれが何を見て判断するかを書いてください（例：広域性の高い取組か、振興局長が判断します）。"
            )
        return
    if not rule.fact:
        raise ValueError("何を比べるかを選んでください。")
    if not all(values):
        raise ValueError("比べる値が空です。")
    if rule.operator in _BOUNDS and _number(rule.value) is None:
        raise ValueError(f"「{rule.value}」は数ではありません。数と比べる要件には50,000のような数を入れてください。")
    if rule.operator not in (Operator.IN, Operator.NE) and len(values) > 1:
        raise ValueError("値を「;」で区切って並べられるのは、いずれかに当たるかを見る要件だけです。")


_BOUNDS = {Operator.LT: "未満", Operator.LTE: "以下", Operator.GT: "超", Operator.GTE: "以上"}
_SEPARATOR = re.compile("[;；]")


def _holds(rule: Rule, fact: Fact) -> bool | None:
    """None where the fact is not known, or is of a kind that cannot be compared with the value."""
    if rule.operator == Operator.JUDGED or fact is None or fact == "":
        return None
    if rule.operator in _BOUNDS:
        return _within(rule.operator, fact, _number(rule.value))
    answers = {_equal(fact, value) for value in _values(rule)}
    equal = True if True in answers else None if None in answers else False
    return not equal if rule.operator == Operator.NE and equal is not None else equal


def _within(operator: Operator, fact: Fact, bound: Decimal | None) -> bool | None:
    if bound is None or isinstance(fact, bool | str | None):
        return None
    match operator:
        case Operator.LT:
            return fact < bound
        case Operator.LTE:
            return fact <= bound
        case Operator.GT:
            return fact > bound
        case _:
            return fact >= bound


def _equal(fact: Fact, value: str) -> bool | None:
    if isinstance(fact, bool):
        return {YES: fact, NO: not fact}.get(value)
    if isinstance(fact, str):
        return fold(fact) == fold(value)
    number = _number(value)
    return None if number is None else fact == number


def _met(rule: Rule, fact: Fact) -> str:
    if isinstance(fact, bool):
        return _either(rule, fact)
    return f"{_stated(rule)}以外" if rule.operator == Operator.NE else _stated(rule)


def _unmet(rule: Rule, fact: Fact) -> str:
    if isinstance(fact, bool):
        return _either(rule, fact)
    if rule.operator == Operator.NE:
        return f"{_stated(rule)}は対象になりません"
    return f"{_stated(rule)}ではありません（{_in_words(rule, str(fact))}）"


def _unknown(rule: Rule) -> str:
    return rule.value if rule.operator == Operator.JUDGED else f"{rule.label}が確認できません"


def _stated(rule: Rule) -> str:
    """The rule itself in words: 人口5万人未満, 根室振興局管内."""
    values = _values(rule)
    is_number = all(_number(value) is not None for value in values)
    words = "・".join(_in_words(rule, value) for value in values)
    return f"{rule.label if is_number else ''}{words}{_BOUNDS.get(rule.operator, '')}"


def _either(rule: Rule, fact: bool) -> str:
    return f"{rule.label}{'あり' if fact else 'なし'}"


def _in_words(rule: Rule, value: str) -> str:
    number = _number(value)
    return f"{value if number is None else number_words(number)}{rule.unit}"


def _values(rule: Rule) -> list[str]:
    return [value.strip() for value in _SEPARATOR.split(rule.value)]


def _number(value: str) -> Decimal | None:
    try:
        return parse_number(value)
    except AmountError:
        return None
