"""What a town is told of all programmes together: groups in the order of what to do, and the answer in a sentence."""

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum

from sumairu.lib.eligibility import State as Eligibility
from sumairu.lib.wareki import era_name, full_name
from sumairu.publishing.as_of import of_day
from support.next_step import next_step, with_next_steps
from support.standing import WITHOUT_CALL, Standing, State, standings_for, standings_for_each


class Group(Enum):
    """The groups of a town's page, in order: key, heading, shape, and what there is to add."""

    OPEN = "open", "受付中", State.OPEN.mark
    SOON = "soon", "受付前", State.SOON.mark
    ALL_YEAR = "all_year", "通年", State.ALL_YEAR.mark
    CONSULT = "consult", "相談できる", State.CONSULT.mark
    ASK = (
        "ask",
        "対象・受付期間は未登録",
        State.ASK.mark,
        "まちは対象です。今年度の受付期間が登録されていないため、いつ申し込めるかは窓口でお確かめください。",
    )
    DEPENDS = "depends", "条件次第", "maybe"
    CLOSED = "closed", "受付終了", State.CLOSED.mark
    NEXT = "next", "来年度から", State.NEXT.mark
    UNCONFIRMED = (
        "unconfirmed",
        "今年度は未確認",
        State.UNCONFIRMED.mark,
        "今年度も続いているか、確認できていません。前の年度までの内容です。窓口でお確かめください。",
    )
    INFORMED = "informed", "申込み不要", State.READ.mark
    EXCLUDED = "excluded", "対象外", "not"

    def __init__(self, key, label, mark, note=""):
        self.key, self.label, self.mark, self.note = key, label, mark, note


USABLE_NOW = (Group.OPEN, Group.ALL_YEAR, Group.CONSULT)
# In which group a programme that the town may use stands.
BY_STATE = {
    State.OPEN: Group.OPEN,
    State.TODAY: Group.OPEN,
    State.SOON: Group.SOON,
    State.ALL_YEAR: Group.ALL_YEAR,
    State.CONSULT: Group.CONSULT,
    State.ASK: Group.ASK,
}
# What stands before the reasons of one that the town may use.
WORDS = {
    Group.OPEN: "使えます",
    Group.SOON: "使えるようになります",
    Group.ALL_YEAR: "使えます",
    Group.CONSULT: "相談できます",
    Group.ASK: "対象です",
    Group.CLOSED: "受付は終わりました",
}
IN_ANOTHER_YEAR = {
    Eligibility.USABLE: "まちは対象",
    Eligibility.DEPENDS: "条件次第",
    Eligibility.EXCLUDED: "まちは対象外",
}


@dataclass(frozen=True)
class Answer:
    """What one town hears of one programme."""

    standing: Standing

    @property
    def group(self):
        """How sure it is comes first, then whether the town may, and only then when."""
        standing, verdict = self.standing, self.standing.verdict
        if standing.state in (State.UNCONFIRMED, State.NEXT):
            return Group[standing.state.name]
        if not standing.is_applied_for:
            return Group.INFORMED
        if verdict.state == Eligibility.EXCLUDED:
            return Group.EXCLUDED
        if standing.state == State.CLOSED:
            return Group.CLOSED
        return Group.DEPENDS if verdict.state == Eligibility.DEPENDS else BY_STATE[standing.state]

    @property
    def word(self):
        standing, verdict = self.standing, self.standing.verdict
        if self.group in (Group.UNCONFIRMED, Group.NEXT):
            then = (
                IN_ANOTHER_YEAR[verdict.state] if standing.is_applied_for else WITHOUT_CALL[standing.program.use].label
            )
            return f"{era_name(standing.judged.fiscal_year)}の内容では{then}"
        if self.group == Group.INFORMED:
            return standing.state.label
        return self.group.label if self.group in (Group.DEPENDS, Group.EXCLUDED) else WORDS[self.group]

    @property
    def next_step(self):
        return next_step(self.standing)

    @property
    def states(self):
        """The states of the programme that the heading of its group has not said."""
        return [state for state in self.standing.states if state.name != self.group.name]

    @property
    def reasons(self):
        """In a line; empty where nothing is asked of the town."""
        verdict = self.standing.verdict
        if not self.standing.is_applied_for:
            return ""
        is_condition = self.group == Group.CLOSED and verdict.state == Eligibility.DEPENDS
        return ("条件次第：" if is_condition else "") + "、".join(verdict.reasons)

    @property
    def has_deadline(self):
        return self.standing.call is not None and self.standing.call.has_deadline

    @property
    def has_open_call(self):
        return self.standing.call is not None and self.standing.call.is_open


def answers_for(town, on=None, public_on=None):
    """What `town` hears of every public programme, in their order."""
    return [Answer(standing) for standing in with_next_steps(standings_for(town, on, public_on=public_on))]


def answers_for_each(towns, on=None):
    """Of every public programme, in their order: the programme, and what each of `towns` hears of it."""
    said = standings_for_each(towns, on)
    return [(those[0].program, [Answer(standing) for standing in those]) for those in zip(*said, strict=True)]


def grouped(answers):
    """Of each group that has any: the group, its answers in a list for each pillar, and how many they are."""
    shelves = defaultdict(lambda: defaultdict(list))
    for answer in answers:
        shelves[answer.group][answer.standing.program.pillar].append(answer)
    return [
        (group, list(shelves[group].values()), sum(map(len, shelves[group].values())))
        for group in Group
        if group in shelves
    ]


def headline(answers, on=None):
    """The answer in one sentence, and what to mind in others; `on`: the day it is for, today by default.

    What is not known to hold this year is not counted.
    """
    if not answers:
        return "公開している支援制度は、まだありません。"
    of = {group: [answer for answer in answers if answer.group == group] for group in Group}
    now = sum(len(of[group]) for group in USABLE_NOW)
    limited, conditional = (
        [answer for answer in of[group] if answer.has_deadline] for group in (Group.OPEN, Group.DEPENDS)
    )
    ask, unsure = len(of[Group.ASK]), sum(answer.has_open_call for answer in of[Group.UNCONFIRMED])
    today = sum(answer.standing.state == State.TODAY for answer in limited + conditional)
    this_day = of_day("いま", on)
    words = [f"{this_day}使える支援は{now}件。" if now else f"{this_day}使えると分かっている支援はありません。"]
    if limited and conditional:
        total = len(limited) + len(conditional)
        words.append(f"締切のある募集は、条件次第の{len(conditional)}件を含めて{total}件です。")
    elif limited:
        words.append(f"うち{len(limited)}件に締切があります。")
    elif conditional:
        words.append(f"条件次第の支援のうち{len(conditional)}件に締切があります。")
    if today:
        words.append(f"{of_day('今日', on)}までの募集が{today}件あります。")
    if ask:
        words.append(f"受付期間が未登録の支援が{ask}件あります。いつ申し込めるかは、窓口でお確かめください。")
    if unsure:
        words.append(f"今年度は未確認ですが、受付中の募集が{unsure}件あります。")
    if not (now or limited or conditional or ask or unsure):
        words.append("条件や次の受付は、窓口でお確かめください。")
    return "".join(words)


def judged_by(answers):
    """Of which fiscal years the editions are that the answers come from."""
    years = sorted({answer.standing.judged.fiscal_year for answer in answers})
    if not years:
        return ""
    if len(years) == 1:
        return f"{full_name(years[0])}の制度で判定しています。"
    span = f"{era_name(years[0])}から{era_name(years[-1])}まで"
    return f"制度ごとに、公開されている年度（{span}）の内容で判定しています。"
