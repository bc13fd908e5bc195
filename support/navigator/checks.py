"""Whether a programme fits each answer: yes, no, or unknown, with the reason in words.

What the data does not say is never a fit: without a theme, a window or rules it is unknown.
"""

from dataclasses import dataclass
from enum import IntEnum

from sumairu.lib.eligibility import State as Eligibility
from sumairu.lib.wareki import era_name
from support.answers import Group
from support.navigator.need import Question, When
from support.standing import State


class Fit(IntEnum):
    NO = 0
    UNKNOWN = 1
    YES = 2


@dataclass(frozen=True)
class Check:
    """`question` is None for what is checked without being asked; `reason` is empty where the page says it anyway."""

    question: Question | None
    fit: Fit
    reason: str = ""


OF_VERDICT = {Eligibility.USABLE: Fit.YES, Eligibility.DEPENDS: Fit.UNKNOWN, Eligibility.EXCLUDED: Fit.NO}
STATES = {
    When.NOW: {State.OPEN, State.TODAY, State.ALL_YEAR, State.CONSULT, State.READ, State.PREFECTURE},
    When.SOON: {State.SOON, State.NEXT},
}

NO_WINDOW = "これからの受付期間は登録されていません"
NOT_THEN = {
    State.SOON: "受付はまだ始まっていません",
    State.CLOSED: "受付は終わりました",
    State.NEXT: "始まるのは来年度からです",
}


def checks_of(standing, need, reach=None):
    """The checks of one programme. `reach` are its municipalities, given where a town asks without saying which."""
    program = standing.program
    found = [_of_year(standing), _of_time(standing, need.when)]
    if need.asker:
        found.append(_of_asker(standing, reach))
    if need.theme:
        found.append(_of_theme(need.theme, list(program.themes.all())))
    if need.pillar:
        found.append(_same(Question.PILLAR, need.pillar, program.pillar, f"{program.get_pillar_display()}です"))
    if need.use:
        found.append(_same(Question.USE, need.use, program.use, f"使い方は「{program.get_use_display()}」です"))
    return found


def _of_year(standing):
    if not standing.is_unconfirmed:
        return Check(None, Fit.YES)
    return Check(None, Fit.UNKNOWN, f"{State.UNCONFIRMED.label}（{era_name(standing.edition.fiscal_year)}の内容です）")


def _of_asker(standing, reach):
    if not standing.is_applied_for:
        return Check(Question.WHO, Fit.YES, Group.INFORMED.label)
    if standing.verdict is None:
        return _of_any_town(reach)
    return Check(Question.WHO, OF_VERDICT[standing.verdict.state], "、".join(standing.verdict.reasons))


def _of_any_town(reach):
    """For a town that is not named: a programme fits if it fits all towns."""
    states = [state for state, towns in reach.towns.items() if towns]
    if len(states) == 1 and states[0] != Eligibility.DEPENDS:
        words = "対象" if states[0] == Eligibility.USABLE else states[0].label
        return Check(Question.WHO, OF_VERDICT[states[0]], f"{reach.names_of(states[0])}が{words}です")
    return Check(Question.WHO, Fit.UNKNOWN, f"まちによります（{reach.words}）")


def _of_theme(theme, themes):
    names = "、".join(map(str, themes))
    if theme in themes:
        return Check(Question.THEME, Fit.YES, f"分野は{names}")
    if themes:
        return Check(Question.THEME, Fit.NO, f"別の分野です（{names}）")
    return Check(Question.THEME, Fit.UNKNOWN, f"分野の指定がないため、「{theme}」に使えるかは確かめられません")


def _same(question, wanted, found, otherwise):
    return Check(question, Fit.YES) if found == wanted else Check(question, Fit.NO, otherwise)


def _of_time(standing, when):
    """Even where 「いつ」 has no answer, it is said that no window to come is registered."""
    if when is None:
        unknown = standing.state in (State.ASK, State.CLOSED)
        return Check(None, Fit.UNKNOWN, NO_WINDOW) if unknown else Check(None, Fit.YES)
    opens = any(call.is_live and not call.is_open for call in standing.own_calls)
    if standing.state in STATES[when] or (when == When.SOON and opens):
        return Check(Question.WHEN, Fit.YES)
    if standing.state == State.UNCONFIRMED:
        return Check(Question.WHEN, Fit.UNKNOWN)  # as the check of the year says
    if standing.state == State.ASK:
        return Check(Question.WHEN, Fit.UNKNOWN, NO_WINDOW)
    return Check(Question.WHEN, Fit.NO, NOT_THEN.get(standing.state, f"いまは「{standing.state.label}」です"))
