"""稟議シート: what an official lays before their superiors to decide on a programme, for one town, on two sheets of A4.

Its sections are said once here, for the page, its print and the workbook. Long texts are cut, and say so: the
programme's page has all of them.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from sumairu.lib.days import full_day, period
from sumairu.lib.own_share import own_share
from sumairu.lib.shown import EXPLANATION, Column, Shown
from sumairu.lib.wareki import full_name
from support.models import Program
from support.program_page import ProgramPage
from support.reach import named, reach_of

COLUMNS = [
    Column("section", "区分"),
    Column("label", "項目"),
    Column("text", "内容"),
    Column("note", "注記", about="前の年度の内容であるときの年度、窓口を確かめた月、注記の出どころ"),
    Column("url", "URL"),
]
UNKNOWN = "公開されている内容からは分かりません。窓口でお確かめください。"
CUT = "…（続きは制度のページ）"
LONGEST = {"target": 160, "pays_for": 160, "excludes": 120, "how_to_apply": 280, "legal_basis": 100, "ceiling": 120}
LONGEST_NOTE, LONGEST_SOURCES, LONGEST_ADDRESS = 160, 200, 120
MOST_CALLS, MOST_LINES, MOST_LINKS = 3, 8, 2


@dataclass(frozen=True)
class Line:
    """One line of the sheet. `note` says what to mind (another year's text); `url` leads on."""

    label: str
    text: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]


@dataclass
class DecisionSheet:
    page: ProgramPage  # of a town

    @property
    def town(self):
        return self.page.town

    @property
    def program(self) -> Program:
        return self.page.program

    @property
    def edition(self):
        return self.page.edition

    @property
    def title(self):
        return f"{self.program}　{full_name(self.edition.fiscal_year)}"

    @property
    def path(self):
        args = [self.program.slug, *([self.page.year] if self.page.year else []), self.town.code]
        return reverse("decision_sheet_year" if self.page.year else "decision_sheet", args=args)

    @property
    def address(self):
        return f"{settings.PUBLIC_ADDRESS}{self.path}"

    @property
    def workbook_url(self):
        return f"{self.path}sheet.xlsx"

    @property
    def program_url(self):
        return f"{self.edition.get_absolute_url()}?town={self.town.code}"

    @property
    def day(self):
        return full_day(localdate())

    @property
    def citation(self):
        return f"住まいる北海道「{self.title}」{self.town}、{self.day}現在、{self.address}"

    @property
    def name(self):
        """Of its file."""
        return f"稟議シート_{self.program.slug}_{self.edition.fiscal_year}_{self.town.code}.xlsx"

    @cached_property
    def sections(self):
        found = [self._what(), self._amount(), self._calendar(), self._verdict(), self._nearby(), self._whom()]
        return [section for section in found if section.lines]

    def _what(self):
        lines = [Line("概要", cut(self.edition.summary, 160))]
        lines += [self._term(name) for name in ("target", "pays_for", "excludes", "legal_basis")]
        return Section("どんな支援か", [line for line in lines if line])

    def _amount(self):
        rate, ceiling = (self.page.known(name) for name in ("rate", "ceiling"))
        own = own_share(rate.text)
        beyond = "上限を超える分と、対象にならない経費も自己負担です。" if own and ceiling.text else ""
        return Section(
            "金額",
            [
                Line("支援の割合", rate.text or UNKNOWN, rate.note),
                Line("上限と下限", cut(ceiling.text, LONGEST["ceiling"]) or UNKNOWN, ceiling.note),
                Line("自己負担", f"{own}。{beyond}" if own else UNKNOWN, own and rate.note),
            ],
        )

    def _calendar(self):
        calls = [
            Line(call.state.label, _call(call), cut(call.window.note, 60))
            for call in self.page.standing.calls[:MOST_CALLS]
        ]
        lines = calls or ([Line("受付期間", UNKNOWN)] if self.page.standing.is_applied_for else [])
        how = self.page.how_to_apply
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(self.page.steps, 1)) or how.text
        if steps:
            lines.append(Line("申込みのしかた", cut(steps, LONGEST["how_to_apply"]), how.note))
        if (online := self.page.apply_url).text:
            lines.append(Line("電子申請", cut(online.text, LONGEST_ADDRESS), online.note, online.text))
        return Section("いつ、どう申し込むか", lines)

    def _verdict(self):
        verdict = self.page.verdict
        if verdict is None:
            return Section(f"{self.town}の判定", [Line("判定", self.page.standing.words)])
        lines = [Line("判定", verdict["words"]), Line("理由", cut("\n".join(verdict["reasons"]), 240))]
        if self.page.standing.is_unconfirmed:
            lines.append(Line("注意", "今年度も続いているか、確認できていません。窓口でお確かめください。"))
        return Section(f"{self.town}の判定", lines)

    def _nearby(self):
        """What the office and the towns around may do with it. What they did with it is for apps above (`related.py`)."""
        office, lines = self.town.subprefecture, []
        if self.page.standing.is_applied_for and self.edition.rules.all():
            towns = reach_of(self.edition).towns
            ours = {
                state: [town for town in those if town.subprefecture_id == office.pk] for state, those in towns.items()
            }
            everyone = [*chain.from_iterable(ours.values())]
            lines += [Line(state.label, cut(named(those, everyone), 160)) for state, those in ours.items() if those]
        for note in self.page.notes:
            if note.subprefecture_id == office.pk:
                lines.append(Line("振興局の注記", cut(note.text, LONGEST_NOTE), note.source))
        return Section(f"近くのまち（{office}管内）", lines)

    def _whom(self):
        desk, lines = self.page.desk, []
        if desk is None:
            lines.append(Line("窓口", f"登録されていません。{self.town.subprefecture}へお問い合わせください。"))
        else:
            contact = "　".join(filter(None, [desk.phone, desk.email, desk.hours]))
            stale = "" if desk.is_confirmed() else "。1年を過ぎているため、変わっているかもしれません"
            checked = f"{desk.confirmed_on.year}年{desk.confirmed_on.month}月確認{stale}"
            lines.append(Line("窓口", f"{desk}\n{contact}", checked))
        lines += [
            Line("公式ページ", link.title, self.page.links.note, link.url) for link in self.page.links.rows[:MOST_LINKS]
        ]
        if self.edition.source:
            lines.append(Line("出どころ", cut(self.edition.source, LONGEST_SOURCES)))
        lines += [Line("このページ", self.address, url=self.address), Line("引用するとき", self.citation)]
        return Section("窓口と出どころ", lines)

    def _term(self, name):
        found = self.page.known(name)
        if not found.text and not found.ended:
            return None
        label = self.edition._meta.get_field(name).verbose_name
        return Line(label, cut(found.text, LONGEST[name]) if found.text else "今年度はなし", found.note)

    @property
    def rows(self):
        """For the workbook: the first row names the columns."""
        return [[column.title for column in COLUMNS], *self.shown.rows()]

    @property
    def explanation(self):
        """What the workbook says of itself, on a sheet of its own, in the same form as every file that is given out."""
        return [EXPLANATION, *self.shown.explained]

    @property
    def shown(self):
        notes = [
            "判定は、公開されている対象要件と、まちについて分かっていることから計算したもので、決定ではありません。",
            "長い文は途中までです。すべては制度のページにあります。",
        ]
        if self.edition.is_sample or self.program.is_sample:
            notes.append("見本：画面を確かめるための架空の内容です。")
        return Shown(
            f"稟議シート　{self.title}　{self.town}",
            COLUMNS,
            lambda: [
                [section.title, line.label, line.text, line.note, line.url]
                for section in self.sections
                for line in section.lines
            ],
            conditions=[
                f"市町村：{self.town}（全国地方公共団体コード {self.town.code}）",
                f"制度番号：{self.program.slug}",
            ],
            sources=self.edition.source.splitlines(),
            notes=notes,
        ).shown_at(self.address, localdate())


def cut(text, most):
    """At most `most` characters of `text`, on few lines; what is cut says so."""
    text = text.strip()
    short = "\n".join(text.splitlines()[:MOST_LINES])[:most]
    return text if short == text else short[: most - len(CUT)].rstrip() + CUT


def _call(call):
    window = call.window
    days = "".join(call.countdown or ())
    when = period(window.opens_on, window.closes_on, call.on.year) if window.opens_on or window.closes_on else "通年"
    return "　".join(filter(None, [call.year_words, when, days, call.who_words]))
