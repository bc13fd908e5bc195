"""The fiscal years that a sheet states: over its columns, down its rows, in its titles.

>>> years_of(("令和", "元")), years_of(("実績", "H30年度")), years_of(("30年度",)), years_of(("R４", "（参考）R３"))
([2019], [2018], [], [2022, 2021])
>>> years_across([("平成29年度",), ("30年度",), ("令和元年度",), ("2年度",)])
[[2017], [2018], [2019], [2020]]
>>> years_down(["平成30年度", "元", "2", "5"])
{'平成30年度': 2018, '元': 2019, '2': 2020, '5': None}
>>> years_of(("年度", "2021-04-01")), years_of(("年度", "2022-01-01")), years_of(("2021-04-01",))
([2021], [], [])
>>> [names_a_time(text) for text in ("令和2年国勢調査人口", "R2.10.1現在", "2021-04-01", "令和2年度")]
[True, True, True, False]
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise

from sumairu.lib.wareki import FIRST, LAST, era_name, fiscal_year, fiscal_years_in, without_fiscal_years
from sumairu.lib.workbooks.files.cells import Cell
from sumairu.lib.workbooks.files.texts import tidy
from sumairu.lib.workbooks.words.terms import any_of, each
from sumairu.lib.workbooks.words.units import compact

_ANY_NUMBER = re.compile(r"(?:令和|平成|昭和|[rhs](?=[0-9元]))?(?:元|[0-9]+)")
_ERA = re.compile(r"(令和|平成|昭和)(?:年度?)?")
_NUMBER = re.compile(r"[0-9０-９元]")
_ERAS = ("令和", "平成", "昭和")
_COUNTED = re.compile(r"(元|\d{1,2})(?:年度?)?")
_FISCAL_YEARS = set(each("_ 会計 予算 事業", "年度"))
_DAY = re.compile(r"(\d{4})-(\d\d)-\d\d")
_GREGORIAN = re.compile(r"(?:19|20)\d\d")
_YEAR = r"(?:令和|平成|昭和|(?<![A-Za-z])[RHS])\.?(?:元|\d{1,2})|(?<!\d)(?:19|20)\d\d"
_TIME = re.compile(rf"(?:{_YEAR})(?:年(?!度)|[./]\d)|\d{{4}}-\d\d-\d\d")
_ONLY_A_TIME = re.compile(rf"\(?(?:{_YEAR})(?:年(?!度)|[./]\d)[\d./年月日末現在時点()]*|\d{{4}}-\d\d-\d\d")
# What is counted of a year: what is budgeted, what is done; and how that is called.
_STAGES, _SIDES, _BUDGETS = ("当初", "補正後", "最終"), ("歳入", "歳出"), ("予算", "決算")
_DEEDS = ("実績", "交付", "決定", "受入", "派遣", "配置")
_COUNTS = ("額", "現額", "者数", "人数", "件数", "数")
_MEASURE = re.compile(rf"の?(?:{any_of(_STAGES)}?{any_of(_BUDGETS)}|{any_of(_DEEDS)}){any_of(_COUNTS)}(?:\(.*\))?")
_NUMBERED = re.compile(r"^\s*[(（]?[0-9０-９]{1,2}[)）.．、\s]+")
_OF_A_YEAR = re.compile(
    rf"(?:分|の|における)*(?:{any_of((*_STAGES, *_SIDES))}*{any_of(_BUDGETS)}|{any_of(_DEEDS)})?{any_of(_COUNTS)}?"
    r"(?:分|の状況|状況|一覧|実績)?(?:[(【\[].*)?"
)
_CENSUSES = ("国調", "国勢調査", "センサス")
_REGISTERS = ("住基", "住民基本台帳")
# What may stand behind a year of the calendar that is no year of the figures: what happened in it, what came out, was
# decided or began in it, what others are compared with; and what makes of it a time, an age, the end of a range.
_HAPPENED = ("地震", "震災", "災害", "台風", "豪雨", "大雨", "大雪", "噴火")
_CAME_OUT = ("公表", "発行", "作成", "発表", "更新")
_WAS_DECIDED = ("改正", "改定", "改訂", "施行", "制定", "告示", "法律", "条例", "政令")
_BEGAN = ("開始", "設立", "創設", "設置", "合併")
_COMPARED_WITH = ("基準", "=", "を100", "平均=")
_NOT_THE_YEAR = ("から", "まで", "より", "以", "代", "前", "後", "目", "間", "頃", "版", "刊", "月", "末", *"春夏秋冬")
_CALENDAR_YEAR = re.compile(rf"(?:{_YEAR})年(?!度|[0-9]|国勢調査|国調|.{{0,10}}{any_of(('センサス', *_HAPPENED))})")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
# A year of the calendar that is stated of what is counted: not a month or day of it, a range's end, nor when something
# happened, was decided or came out.
A_YEAR = rf"(?:{_YEAR})年?(?:\((?:{_YEAR})年?\)年?)?+"
_STATED_YEAR = re.compile(
    rf"(?<![0-9A-Za-z~〜\-から])(?=[^年]+年|[^年]+\)年)({A_YEAR})(?<=[年)])"
    rf"(?!度|\)[0-9]|[0-9~〜\-ー・、,]|{any_of(_NOT_THE_YEAR)}"
    rf"|.{{0,4}}{any_of((*_CAME_OUT, *_WAS_DECIDED, *_BEGAN, *_COMPARED_WITH))}|.{{0,10}}{any_of(_HAPPENED)})"
)
_NOTE_BEHIND = re.compile(r"\s*[(（](?!.*(?:当初|補正|決算|予算|見込|最終|変更|期|月))[^0-9０-９元)）]+[)）]$")
_ALL_ITS_MONTHS = re.compile(r"(?<=年)[(]?1月(?:1日)?[~〜\-－―ー]12月(?:31日|末)?[)]?(?:まで|の間|中|分)?")
_YEARS_IN = re.compile(r"(令和|平成|昭和|[RHS])\.?(元|[0-9]{1,2})|((?:19|20)[0-9][0-9])")
_CENSUS_YEAR = re.compile(rf"({A_YEAR})(?=(?:国勢調査|国調|.{{0,4}}センサス))")
_SHORT_YEAR = re.compile(r"(?<![第0-9A-Za-z.~〜\-])(?:元|[0-9]{1,2})年度(?![間目])")
_EACH_YEAR = re.compile(r"[各毎]年(?!度)")
_OTHER_YEARS = ("前年", "前々年", "昨年", "翌年", "次年", "来年", "前期", "前回")
_ONLY_OTHER_YEAR = re.compile(
    rf"(?:\(?参考\)?)?{any_of(_OTHER_YEARS)}(?:度|同月|同期)?の?{any_of(_STAGES)}?(?:予算|決算|実績|交付|配分)?(?:現?額|数|値|計)?"
)
# What a row or column of years is called, in small letters; and how a line begins that says something of the whole file.
_YEARS_HEADED = {*each("_ 会計 調査 対象", "年", "_ 度 次"), *each("_ survey fiscal", "year")}
_OF_THE_FILE = (
    *("表題", "統計", "調査", "公開", "作成", "更新", "公表", "集計"),
    *("データ", "出典", "表番号", "表章", "対象", "基準", "時点"),
)
_ONE_OF_THE_FILE = re.compile(rf"{any_of(_OF_THE_FILE)}.{{0,10}}[:：]")
_BEHIND_ERA = re.compile(r"(元|\d{1,2})(?:\.0)?(?:年度?)?(?:[*※#]|\(.{1,4}\))?")
_BACK = {"本": 0, "当": 0, "今": 0, "前": 1, "昨": 1, "前々": 2}
_YEARS_BACK = re.compile(
    rf"({'|'.join(_BACK)})年度の?(?:当初|最終)?(?:予算|決算|実績|交付|配分)?(?:決定)?(?:現?額|[人件]?数|値)?"
)


def years_of(path: Sequence[str]) -> list[int]:
    """The fiscal years that the texts over a column state together, each once: an era may stand over its numbers."""
    years: list[int] = []
    era = ""
    of_fiscal_years = False
    for text in map(compact, path):
        if match := _ERA.fullmatch(text):
            era = match[1]
        elif era and _COUNTED.fullmatch(text):
            years.extend(_counted(era, text))
        elif match := _DAY.fullmatch(text):
            # In a year's first months, who writes a day for a year may mean the one before.
            if of_fiscal_years and int(match[2]) >= 4:
                years.append(int(match[1]))
        elif "年度" in text or not _names_census(text):
            years.extend(fiscal_years_in(text))
        of_fiscal_years = of_fiscal_years or text in _FISCAL_YEARS
    return list(dict.fromkeys(years))


@lru_cache(maxsize=4096)
def calendar_years_in(text: str) -> tuple[int, ...]:
    """The years that a text states as 年, not 年度, each once: of a census, of a survey, of what is counted over one.

    >>> [calendar_years_in(text) for text in ("令和2年国勢調査の人口", "(1)平成27(2015)年", "2015年（平成27年）の人口（組替）")]
    [(2020,), (2015,), (2015,)]
    >>> [calendar_years_in(text) for text in ("令和2年度", "令和2年10月1日現在", "令和4年公表", "平成30年北海道胆振東部地震", "2015")]
    [(), (), (), (), ()]
    """
    text = compact(text)
    if "年" not in text and not _names_census(text):
        return ()
    text = _ALL_ITS_MONTHS.sub("", text)
    found: dict[int, None] = {}
    for stated in (*_STATED_YEAR.findall(text), *_CENSUS_YEAR.findall(text)):
        if (year := year_stated(stated)) is None:
            return ()
        found[year] = None
    return tuple(found)


def calendar_year_of(cell: Cell, *, in_column_of_years: bool = False) -> int | None:
    """The year of the calendar that is all a cell says; in a column called 年 or 西暦, a number is one as well."""
    text = compact(tidy(cell))
    if in_column_of_years and _GREGORIAN.fullmatch(text):
        return int(text)
    match = _STATED_YEAR.fullmatch(text)
    if match is None and in_column_of_years:
        match = re.fullmatch(rf"({A_YEAR})(?:平均)?", text)
    return year_stated(match[1]) if match else None


def year_stated(text: str) -> int | None:
    """The year that a text like `A_YEAR` names; None where it names two that differ, or one that never was."""
    named = {_calendar_year(*parts) for parts in _YEARS_IN.findall(text)}
    return named.pop() if len(named) == 1 else None


def bare_year_of(cell: Cell) -> int | None:
    """The year that a cell says without a word: 2018."""
    text = compact(tidy(cell))
    return int(text) if _GREGORIAN.fullmatch(text) else None


def _calendar_year(era: str, year: str, gregorian: str) -> int | None:
    if gregorian:
        return int(gregorian)
    years = fiscal_years_in(f"{era}{year}年度")
    return years[0] if years else None


def without_years_and_numbers(text: str) -> str:
    """A text that `folding.fold` made, with # where it has a year or a number."""
    return _ANY_NUMBER.sub("#", text)


def says_fiscal_year(text: str) -> bool:
    """Does a text call its year 年度?"""
    return "年度" in text


def years_across(paths: Iterable[Sequence[str]]) -> list[list[int]]:
    """As `years_of` each path; numbers without an era go on from the year before: 平成29年度 30年度 令和元年度 2年度.

    A bare number does so right beside it only.
    """
    across: list[list[int]] = []
    before: tuple[int, int, bool] | None = None  # how far from the end of its path a year stands, it, and has it no era
    for path in paths:
        years = years_of(path)
        if years:
            place = next((i for i in range(-1, -len(path) - 1, -1) if _states_alone(path, i, years)), 0)
            before = (place, years[0], _GREGORIAN.search(path[place]) is not None) if place else None
        elif before and -before[0] <= len(path):
            place, year, is_gregorian = before
            text = compact(path[place])
            goes_on = _going_on(year, text, is_gregorian)
            if goes_on is not None and ("年" in text or across[-1]):
                years, before = [goes_on], (place, goes_on, is_gregorian)
            elif _COUNTED.fullmatch(text):
                before = None
        across.append(years)
    return across


def _states_alone(path: Sequence[str], i: int, years: list[int]) -> bool:
    """Does this text of a path state its one year, behind an era further up or not?"""
    return len(years) == 1 and (
        years_of((path[i],)) == years or (_COUNTED.fullmatch(compact(path[i])) is not None and years_of(path) == years)
    )


def years_down(cells: Iterable[Cell]) -> dict[Cell, int | None]:
    """The year that each cell of a column of years states; None also where one could be of two eras."""
    found: dict[Cell, int | None] = {}
    before: Cell = ""
    last: int | None = None
    for cell, _ in groupby(cells):
        if cell in (before, ""):
            continue
        before, year = cell, _year_in_column(cell)
        if year is None and last is not None:
            year = _going_on(last, compact(tidy(cell)), is_gregorian=False)
        found[cell] = year if found.get(cell, year) == year else None
        last = year
    noted = {cell: _year_before_note(cell) for cell, year in found.items() if year is None}
    stated = [*found.values(), *noted.values()]  # a note may as well tell two rows of a year apart
    return found | {cell: year for cell, year in noted.items() if stated.count(year) == 1}


def years_beside_eras(eras: Iterable[Cell], numbers: Iterable[Cell]) -> dict[Cell, int | None]:
    """The years that numbers state beside eras, each era on the first of its rows; none where other things stand there.

    >>> years_beside_eras(["平成", "", "", "令和", ""], ["29年*", 30.0, "31", "元", "２"])
    {'29年*': 2017, 30.0: 2018, '31': 2019, '元': 2019, '２': 2020}
    """
    found: dict[Cell, int | None] = {}
    era = ""
    for own, cell in zip(eras, numbers, strict=True):
        if own == cell == "":
            continue
        if own != "":
            match = _ERA.fullmatch(compact(tidy(own)))
            if match is None:
                return {}
            era = match[1]
        number = _BEHIND_ERA.fullmatch(compact(tidy(cell)))
        years = _counted(era, number[1]) if era and number else []
        if not years:
            return {}
        found[cell] = years[0] if found.get(cell, years[0]) == years[0] else None
    return found


def are_years(paths: Sequence[Sequence[str]], *, may_go_on: bool = False) -> bool:
    """Do numbers, each behind the texts that stand over it, name one year after another: 2018 2019 2020, 平成 29 30?

    Numbers whose columns have names of their own already are counts that look like years; so is a lone one, unless
    nothing stands over it, or an era. `may_go_on`: 30 may go on from a 平成29 beside it, where nothing else tells them
    apart.
    """
    stated = [years_of(path) for path in paths]
    if may_go_on and len({tuple(path[:-1]) for path in paths}) == 1:
        stated = years_across(paths)
    if any(len(years) != 1 for years in stated) or any(years_of(path[:-1]) for path in paths):
        return False
    years = list(dict.fromkeys(year for [year] in stated))
    if all(len(path) > 1 and _ERA.fullmatch(compact(path[-2])) for path in paths):
        return True
    names = {tuple(path[-2:-1]) for path in paths}  # the nearest; further up stand titles
    if len(years) == 1:
        return names == {()}
    return {later - earlier for earlier, later in pairwise(years)} in ({1}, {-1}) and len(names) < len(paths)


def may_state_one(text: str) -> bool:
    """Has a text what every year has? Most names of rows have not, and need not be looked at further."""
    return _NUMBER.search(text) is not None


def year_in(cell: Cell) -> int | None:
    """The fiscal year that is all a cell says."""
    return fiscal_year(tidy(cell))


def is_year(cell: Cell) -> bool:
    """Is a year, of either kind, all that a cell says?"""
    return may_state_one(str(cell)) and (year_in(cell) is not None or calendar_year_of(cell) is not None)


def could_go_on(cell: Cell) -> bool:
    """Is a cell a number that states a year behind another (30年度, 元)?"""
    return isinstance(cell, str) and _COUNTED.fullmatch(compact(cell)) is not None


def year_of_quantity(text: str) -> int | None:
    """The fiscal year of a row that is named by year and measure alone: 「R3予算額（千円）」, 「令和3年度派遣者数」."""
    years = fiscal_years_in(text)
    if len(years) != 1 or not _MEASURE.fullmatch(without_fiscal_years(compact(text))):
        return None
    return years[0]


def is_era(text: str) -> bool:
    return _ERA.fullmatch(compact(text)) is not None


def heads_a_year(text: str) -> bool:
    """Is a fiscal year all that a heading names, with what it is of (【令和2年度】, 令和2年度分の予算額)?"""
    rest = without_fiscal_years(compact(_NUMBERED.sub("", text))).strip(
        "()【】[]〔〕<>〈〉《》「」『』■□◆◇●○◎★☆※・.、:"
    )
    return _OF_A_YEAR.fullmatch(rest) is not None


def heads_a_calendar_year(text: str) -> bool:
    """Is a year of the calendar all that a heading names, with the survey that it is of ((1)平成27(2015)年)?"""
    text = compact(_NUMBERED.sub("", text))
    if len(calendar_years_in(text)) != 1:
        return False
    rest = re.sub(r"^[(（]?[0-9]{1,2}[)）.]", "", text)
    rest = _CENSUS_YEAR.sub("", _STATED_YEAR.sub("", rest)).strip("()【】[]〔〕<>〈〉《》「」『』■□◆◇●○◎★☆※・.、:")
    return re.fullmatch(r"(?:国勢調査|国調|.{0,8}センサス|.{0,6}調査)?(?:分|の状況|状況|人口|結果)?", rest) is not None


def heads_years(text: str) -> bool:
    """Is this what a row of years is called: 年度, 年次, 調査年?"""
    name = compact(text).lower()
    return name in _YEARS_HEADED or name.startswith("西暦")


def says_of_the_file(text: str) -> bool:
    """Does a row begin so that says something of the whole file: 調査年：, 公開日：, 統計コード：?"""
    return _ONE_OF_THE_FILE.fullmatch(text.strip()) is not None


def names_other_year(names: Iterable[str]) -> bool:
    """Is a year named by its distance only (前年度)?"""
    return any(year in compact(name) for name in names for year in _OTHER_YEARS)


def is_other_year(name: str) -> bool:
    """Is such a year all that a name says (前年度予算額, but not 前年度繰越金)?"""
    return _ONLY_OTHER_YEAR.fullmatch(compact(name)) is not None


def years_back(name: str) -> int | None:
    """How many fiscal years before that of its table a name says that it is, and nothing else; None where it says none.

    >>> [years_back(name) for name in ("本年度予算額", "前年度予算額（B）", "前々年度", "前年度繰越金", "前年同期", "予算額")]
    [0, 1, 2, None, None, None]
    """
    match = _YEARS_BACK.fullmatch(_IN_BRACKETS.sub("", compact(name)))
    return _BACK[match[1]] if match else None


def names_a_time(text: str) -> bool:
    """Does a text name a day, a calendar year or a census, which is no fiscal year?"""
    return _TIME.search(compact(text)) is not None or _names_census(text)


def names_a_calendar_year(title: str) -> bool:
    """Is a title of a calendar year too (平成29年人口、平成28年度人口動態)? Not so of a day, a census or a disaster."""
    title = compact(title)
    is_of_all_months = _ALL_ITS_MONTHS.search(title) is not None  # in brackets as well
    return is_of_all_months or _CALENDAR_YEAR.search(_IN_BRACKETS.sub("", title)) is not None


def counts_on_days(title: str) -> bool:
    """Does a title say that the years in its table stand for days in them: 国勢調査, 各年10月1日現在?"""
    return _names_census(title) or _EACH_YEAR.search(compact(title)) is not None


def short_year_in(text: str) -> str:
    """The fiscal year that a text names without its era (2年度, 元年度); empty where it names none."""
    match = _SHORT_YEAR.search(without_fiscal_years(compact(text)))
    return match[0] if match else ""


def may_be_called(year: int, short: str) -> bool:
    """Would one say 3年度 of this year? Of 令和3年度, but neither of 令和2年度 nor, with any certainty, of 平成3年度."""
    return short in ("", era_name(year)[2:])


def is_a_time(text: str) -> bool:
    """Is that all it says: 令和2年, R2.10.1現在?"""
    return _ONLY_A_TIME.fullmatch(compact(text)) is not None


def _names_census(text: str) -> bool:
    """Does a text name a census, or a register, of which figures are of a day?"""
    return any(word in text for word in (*_CENSUSES, *_REGISTERS))


@lru_cache(maxsize=4096, typed=True)
def _year_in_column(cell: Cell) -> int | None:
    if isinstance(cell, date) and (match := _DAY.match(tidy(cell))):
        return int(match[1]) if int(match[2]) >= 4 else None
    return year_in(cell)


def _year_before_note(cell: Cell) -> int | None:
    """The year that a cell states with a note behind it that has no number: R3（再算定後）."""
    return year_in(_NOTE_BEHIND.sub("", cell)) if isinstance(cell, str) and _NOTE_BEHIND.search(cell) else None


def _counted(era: str, number: str) -> list[int]:
    return fiscal_years_in(f"{era}{number.removesuffix('度').removesuffix('年')}年度")


def _going_on(year: int, text: str, is_gregorian: bool) -> int | None:
    """The year that a number without an era states beside `year`: the same, the next or the one before."""
    match = _COUNTED.fullmatch(text)
    if match is None:
        return None
    readings = {reading for era in _ERAS for reading in _counted(era, match[1])}
    if is_gregorian and match[1] != "元":
        readings = {year // 100 * 100 + int(match[1])}
    near = readings & {year - 1, year, year + 1} & set(range(FIRST, LAST + 1))
    return near.pop() if len(near) == 1 else None
