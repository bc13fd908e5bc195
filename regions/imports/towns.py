"""Municipalities as workbooks write them. A name is taken only where it can mean nothing else; else somebody is asked."""

import re
from collections import defaultdict
from functools import cache

from regions.models import CooperationRegion, Municipality, MunicipalityAlias, Subprefecture
from sumairu.imports.kinds import LeftOut, Question, Unidentified, is_aside
from sumairu.lib.folding import fold
from sumairu.lib.nearest import Nearest
from sumairu.lib.prefectures import (
    HOKKAIDO,
    OTHERS,
    PREFECTURES,
    SHARED_NAMES,
    SHARED_STEMS,
    others_named_in,
    prefecture_of,
)
from sumairu.lib.question_keys import QuestionKey
from sumairu.search import index

HOKKAIDO_CODE = "010006"
OF_OFFICES = ("振興局", "支庁", "管内", "圏域")
OF_TOWNS = ("市町村", "市区町村", "団体", "自治体")
WHOLE_PREFECTURE = {fold(name) for name in (HOKKAIDO, "道", "全道", "道分", "北海道庁", "北海道分")}
IN_HOKKAIDO = (HOKKAIDO, "道内", "全道")
ALL_OURS, SET_ASIDE = "hokkaido", "aside"

_NUMBER = re.compile(r"^\(?\d+\)?[.:、]?")
_NO_TOWN = re.compile(r".*(?:組合|広域連合|企業団|特別区)")
_WARD = re.compile(r"(?:北海道)?札幌市.+区")
_WARD_CODE = re.compile(r"011(?:0[1-9]|1\d)\d")


class Towns:
    """Municipalities by code and by every name they go by, folded; `answers` settle what these do not."""

    def __init__(self, answers):
        self.answers = answers
        self.by_code, self.by_name, self.by_stem, self.by_alias = {}, defaultdict(set), defaultdict(set), {}
        self.counties, self.offices = set(), {}
        for town in Municipality.objects.select_related("subprefecture"):
            self.by_code[town.code] = town
            self.by_stem[fold(town.name[:-1])].add(town)
            self.counties.add(fold(town.county))
            for name in (town.name, f"{town.county}{town.name}"):
                self.by_name[fold(name)].add(town)
                self.by_name[fold(f"{HOKKAIDO}{name}")].add(town)
        for alias in MunicipalityAlias.objects.select_related("municipality__subprefecture"):
            self.by_alias[alias.folded] = {alias.municipality}
        for office in Subprefecture.objects.all():
            for name in (office.name, f"{office.name}管内", f"{office.short_name}管内"):
                self.offices[fold(name)] = office
        self.regions = {fold(region.name) for region in CooperationRegion.objects.all()} - set(self.by_name)
        self.short_offices = {fold(office.short_name): office for office in self.offices.values()}
        self.nearest = Nearest({fold(town.name): town for town in self.by_code.values()})
        self.question_of_name = cache(self._question_of_name)

    def whose(self, figure, labels, titles):
        """The municipality of a figure. `labels` are those of its labels that may say so, with their headers."""
        row = self._row(figure.code, labels)
        row.refuse_others()
        towns, unknown = self._named(row)
        if towns is None:
            towns = {self._asked_of_name(" ".join(unknown) or str(figure.code), self._near(unknown))}
            unknown = []
        towns = row.narrowed(towns)
        if len(towns) > 1 or (row.texts and not row.is_sure and self._may_be_an_office(row)):
            name = " ".join(text for _, text in row.texts)
            towns = row.narrowed({self._asked_of_name(name, sorted(towns, key=lambda town: town.code))})
        [town] = towns
        if unknown:
            self._ask_of_column(row, town, unknown[0])
        if not row.is_sure:
            self._ask_of_prefecture(figure.sheet, town, row, titles)
        return town

    def know(self, header, text):
        """Does a text name a prefecture, an office or a town in full?"""
        name, header = fold(text), fold(header)
        return bool(_prefecture(header, text) or self._office(header, name) or self._in_full(text))

    def _row(self, code, labels):
        row = Row(code)
        for header, text in labels:
            name, header_name = fold(text), fold(header)
            if not name or is_aside(header) or (code and "コード" in header_name):
                continue
            if prefecture := _prefecture(header_name, text):
                row.prefectures.add(prefecture)
            elif office := self._office(header_name, name):
                row.office = office
            elif name in self.counties:
                row.county = text
            elif name in self.regions:
                continue  # 連携地域 are no towns, and say nothing that the town does not
            else:
                row.texts.append((header, text))
        return row

    def _office(self, header, name):
        if any(word in header for word in OF_OFFICES) and name in self.short_offices:
            return self.short_offices[name]
        return self.offices.get(name)

    def _named(self, row):
        """The municipalities that a row can be of, None where it names none; and the texts that name nothing known."""
        towns, unknown = None, []
        # Names in full first: beside one, a short name (森) is more likely somebody's.
        for text in sorted((text for _, text in row.texts), key=lambda text: not self._in_full(text)):
            called = self._called(text)
            if not called or (towns and not towns & called and not self._in_full(text)):
                unknown.append(text)
            elif towns is None or towns & called:
                towns = called if towns is None else towns & called
            else:
                raise Unidentified(f"ひとつの行に、別の市町村の名前があります（{_listed(towns)}と{_listed(called)}）。")
        if row.code is None or row.code not in self.by_code:
            return towns, unknown
        town = self.by_code[row.code]
        if towns is not None and town not in towns:
            raise Unidentified(
                f"団体コード（{row.code}は{town}）と市町村名（{_listed(towns)}）が、別の市町村を指しています。"
            )
        return {town}, unknown

    def _called(self, text):
        return self._in_full(text) or self.by_stem.get(_without_number(text), set())

    def _in_full(self, text):
        name = _without_number(text)
        return self.by_name.get(name) or self.by_alias.get(name) or self.by_alias.get(fold(text)) or set()

    def _may_be_an_office(self, row):
        """Is 「根室」 the city, or all that the office governs? Under 「市町村」 it is the city."""
        return any(
            fold(text) in self.short_offices and not any(word in fold(header) for word in OF_TOWNS)
            for header, text in row.texts
        )

    def _near(self, texts):
        near = self.nearest(" ".join(texts))
        return [twin for town in near for twin in sorted(self.by_name[fold(town.name)], key=lambda each: each.code)][:5]

    def _asked_of_name(self, name, near):
        return self.by_code[self.answers.to(self.question_of_name(name, tuple(near)))]

    def _question_of_name(self, name, near):
        others = [town for town in self.by_code.values() if town not in near]
        is_one_known = fold(name) in self.by_name
        return Question(
            key=QuestionKey.of_name("town", name),
            title="どの市町村か決まらない名前です" if near and self._called(name) else "登録にない名前です",
            text=f"「{name}」は、どの市町村ですか。",
            choices=tuple((town.code, _in_full(town)) for town in near),
            others=() if is_one_known else tuple((town.code, _in_full(town)) for town in others),
            remembers="" if is_one_known or len(name) > 80 else "この書き方を、選んだ市町村の別名として覚える",
        )

    def _ask_of_column(self, row, town, text):
        """A text beside a known town may be a remark, or say that the figure is of a part of the town only."""
        header = next(header for header, label in row.texts if label == text)
        column = f"「{header}」の列" if header else "行の見出し"
        question = Question(
            key=QuestionKey.of_name("column", fold(header) or fold(text)),
            title="市町村名のほかに、言葉があります",
            text=f"{town}の行などで、{column}に「{text}」とあります。市町村全体の数値なら、この言葉を読み飛ばします。",
            choices=((SET_ASIDE, "市町村全体の数値なので、言葉を読み飛ばす"),),
        )
        self.answers.to(question)

    def _ask_of_prefecture(self, sheet, town, row, titles):
        others = [name for title in titles for name in others_named_in(title)]
        is_shared = town.name in SHARED_NAMES or any(fold(text) in SHARED_STEMS for _, text in row.texts)
        is_told = any(word in title for title in titles for word in (*IN_HOKKAIDO, *map(str, self.offices.values())))
        if not others and (is_told or not is_shared):
            return
        why = (
            f"表題に「{others[0]}」とあります" if others else f"「{town}」と同じ名前のまちが、ほかの都府県にもあります"
        )
        question = Question(
            key=QuestionKey.of_sheet("hokkaido", sheet),
            title="北海道の市町村ですか",
            text=f"シート「{sheet}」：{why}。都道府県名も団体コードもない行は、すべて北海道の市町村ですか。",
            choices=((ALL_OURS, "すべて北海道の市町村です"),),
        )
        self.answers.to(question)


class Row:
    """What the labels of a row say of whose its figures are."""

    def __init__(self, code):
        self.code = code
        self.prefectures, self.office, self.county, self.texts = set(), None, "", []

    @property
    def is_sure(self):
        """Does the row itself say that it is of Hokkaido, and of a place within?"""
        in_full = any(fold(text).startswith(fold(HOKKAIDO)) or "郡" in text for _, text in self.texts)
        return bool(self.code or self.prefectures or self.office or self.county or in_full)

    def refuse_others(self):
        """Raise LeftOut for a row that is of no municipality of Hokkaido."""
        elsewhere = {name for name in self.prefectures if name != HOKKAIDO}
        elsewhere |= {name for name in OTHERS for _, text in self.texts if fold(text).startswith(name)}
        if self.code and not self.code.startswith("01"):
            elsewhere.add(prefecture_of(self.code))
        if elsewhere:
            if HOKKAIDO in self.prefectures or (self.code or "").startswith("01"):
                raise Unidentified(
                    f"北海道と{'・'.join(sorted(elsewhere))}の両方を指す行です。どちらかに直してください。"
                )
            raise LeftOut(f"北海道以外（{'・'.join(sorted(elsewhere))}）の行です。")
        names = [fold(text) for _, text in self.texts]
        if self.code == HOKKAIDO_CODE or any(name in WHOLE_PREFECTURE for name in names):
            raise LeftOut("北海道（道）の行です。市町村の数値ではありません。")
        if any(map(_WARD.fullmatch, names)) or _WARD_CODE.fullmatch(self.code or ""):
            raise LeftOut("札幌市の区の行です。市町村の数値ではありません。")
        if any(map(_NO_TOWN.fullmatch, names)):
            raise LeftOut("市町村ではない団体の行です。")
        if not names and self.code is None:
            if self.office or self.county:
                raise LeftOut(f"{self.office or self.county}の行です。市町村の数値ではありません。")
            if self.prefectures:
                raise LeftOut("北海道（道）の行です。市町村の数値ではありません。")
            raise Unidentified("どの市町村の数値か分かりません。行の左に、市町村名か団体コードを入れてください。")

    def narrowed(self, towns):
        """Those of `towns` that lie where the row says. Raises Unidentified where none does."""
        for place, lies_there in (
            (self.office, lambda town: town.subprefecture == self.office),
            (self.county, lambda town: fold(town.county) == fold(self.county)),
        ):
            if place:
                there = {town for town in towns if lies_there(town)}
                if not there:
                    raise Unidentified(f"{_listed(towns)}は、{place}にはありません。どちらかに直してください。")
                towns = there
        return towns


def remember(key, answer):
    """Keep the answer to a question of a name as an alias of the municipality; never a name that is another's own."""
    town = Municipality.objects.filter(code=answer).first() if key.about == "town" else None
    alias = town and MunicipalityAlias(municipality=town, name=key.name)
    if alias and not _is_taken(key.name):
        alias.save()
        index.changed_of(Municipality, [town.pk])


def _is_taken(name):
    folded = fold(name)
    return (
        Municipality.objects.filter(folded_name=folded).exists()
        or MunicipalityAlias.objects.filter(folded=folded).exists()
    )


def _without_number(text):
    """「１　札幌市」 as 札幌市, folded."""
    return _NUMBER.sub("", fold(text), count=1)


def _prefecture(header, text):
    """The prefecture that a label is: by its full name, or under 「都道府県」 also without 都府県; 「２ 青森」 by its number."""
    name = _without_number(text)
    number = fold(text).removesuffix(name).strip("().:、")
    for code, prefecture in PREFECTURES.items():
        is_short = "都道府県" in header or number.zfill(2) == code
        if name == fold(prefecture) or (is_short and name == fold(prefecture)[:-1]):
            return prefecture
    return None


def _in_full(town):
    """「泊村（古宇郡、後志総合振興局）」: two villages have one name."""
    return f"{town.name}（{'、'.join(filter(None, [town.county, town.subprefecture.name]))}）"


def _listed(towns):
    return "・".join(sorted(str(town) for town in towns))
