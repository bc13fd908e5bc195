"""Units as sheets state them.

>>> units_in("予算額（千円）"), units_in("（単位：千円、件）"), units_in("単位　億円"), units_in("予算額（千円未満切捨て）")
(['千円'], ['千円', '件'], ['億円'], [])
>>> units_in("（金額：千円、人数：人）"), units_in("（上段：千円、下段：人）"), units_over("面積（ha）"), units_over("決算額（B）")
(['千円', '人'], [], ['ha'], [])
>>> unit_among(["千円", "件"], ("H30年度", "件数")), unit_among(["千円"], ("職員数",)), unit_among(["千円"], ("警察費", "職員数"))
('件', None, '千円')
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain

from sumairu.lib.amounts import UNITS as YEN_UNITS
from sumairu.lib.widths import half_width

YEN, PEOPLE, COUNT, RATIO, MEASURE = "yen", "people", "count", "ratio", "measure"
SMALL_YEN_UNITS = ("円", "千円")
_TIMES = {"": 1, "十": 10, "百": 100, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7}
# How a unit is written whose size is in digits or in English: 1,000円, 10万人, thousand yen.
_SIZES_IN_DIGITS = {
    "1,000,000": "百万",
    "1000000": "百万",
    "1,000": "千",
    "1000": "千",
    "1千": "千",
    "1百万": "百万",
    "100万": "百万",
    "1,000万": "千万",
    "1000万": "千万",
    "10万": "十万",
    "1万": "万",
    "10,000": "万",
    "10000": "万",
    "1億": "億",
    "10億": "十億",
    "100億": "百億",
    "100": "百",
    "10": "十",
}
_IN_DIGITS = re.compile(
    rf"(?<=[(\[【〔:、・/位])({'|'.join(sorted(_SIZES_IN_DIGITS, key=len, reverse=True))})"
    r"(?=(?:千|万|百万)?(?:円|人|名|件|世帯|戸)(?:[)\]】〕、,・/]|$))"
    r"(?<![(\[【〔]10万(?=円))(?<![(\[【〔]1万(?=円))(?<![(\[【〔]100(?=円))(?<![(\[【〔]10(?=万?円))"
)
_IN_ENGLISH = (
    (re.compile(r"(?<=[(\[:])(?:in)?(?:thousands?|1,?000)(?:of)?(?:yen|jpy)(?=[)\]]|$)", re.IGNORECASE), "千円"),
    (re.compile(r"(?<=[(\[:])(?:in)?millions?(?:of)?(?:yen|jpy)(?=[)\]]|$)", re.IGNORECASE), "百万円"),
    (re.compile(r"(?<=[(\[:])(?:in)?(?:yen|jpy)(?=[)\]]|$)", re.IGNORECASE), "円"),
    (re.compile(r"(?<=[(\[:])(?:persons?|people)(?=[)\]]|$)", re.IGNORECASE), "人"),
    (re.compile(r"\bunit(?=:)", re.IGNORECASE), "単位"),
)
_PEOPLE = {f"{times}{unit}": size for unit in ("人", "名") for times, size in _TIMES.items()}
_ITEMS = {f"{times}{unit}": size for unit in ("件", "世帯", "戸") for times, size in _TIMES.items()}
_ITEMS |= dict.fromkeys(("箇所", "か所", "ヶ所", "カ所", "台", "回"), 1)
# Nouns and suffixes that are units where a text says so; else 税額（法人）, 支給額（月） and （社）… are names.
_ITEM_NOUNS = dict.fromkeys(
    [
        "団体",
        "市町村",
        "自治体",
        "町村",
        "事業",
        "施設",
        "法人",
        "事業所",
        "機関",
        "経営体",
        "集落",
        "地区",
        "路線",
        "学級",
        "店舗",
        "店",
        "校",
        "園",
        "社",
        "者",
        "組",
        "個",
        "本",
        "冊",
        "枚",
        "頭",
        "隻",
        "棟",
        "基",
        "室",
        "床",
        "席",
        "通",
        "品目",
        "項目",
        "種類",
    ],
    1,
)
_RATIOS = ("%", "‰", "倍", "ポイント", "パーセント")
# What is neither money nor comes in whole numbers.
_MEASURES = (
    *(
        "ha",
        "km",
        "km2",
        "km²",
        "㎢",
        "㎞",
        "m",
        "m2",
        "m²",
        "㎡",
        "m3",
        "m³",
        "㎥",
        "cm",
        "mm",
        "t",
        "kg",
        "㎏",
        "kl",
        "kL",
    ),
    *(
        "トン",
        "千トン",
        "万トン",
        "千t",
        "リットル",
        "ヘクタール",
        "アール",
        "メートル",
        "キロメートル",
        "平方キロメートル",
    ),
    *("平方メートル", "平方キロ", "kW", "kWh", "MW", "MWh", "GWh", "千kWh", "GJ", "TJ", "t-CO2", "千t-CO2", "℃"),
    *("人日", "人/km2", "人/㎢", "ドル", "千ドル"),
)
_MEASURE_NOUNS = ("日", "月", "か月", "ヶ月", "カ月", "年", "歳", "才", "時間", "分", "点", "位", "度")
# How many people or items one of a unit is.
SIZES = _PEOPLE | _ITEMS | _ITEM_NOUNS
KINDS = {
    unit: kind
    for kind, units in (
        (YEN, YEN_UNITS),
        (PEOPLE, _PEOPLE),
        (COUNT, {**_ITEMS, **_ITEM_NOUNS}),
        (RATIO, _RATIOS),
        (MEASURE, (*_MEASURES, *_MEASURE_NOUNS)),
    )
    for unit in units
}


def _any_of(*units: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, chain(*units)), key=len, reverse=True))


def _some_of(unit: str) -> str:
    return rf"(?:{unit})(?:[、,・/]?(?:{unit}))*"


_UNIT = _any_of(KINDS)
_PLAIN = _some_of(_any_of(YEN_UNITS, _PEOPLE, _ITEMS, _RATIOS, _MEASURES))
_UNITS = _some_of(_UNIT)
_BARE = _any_of(
    YEN_UNITS, ("人", "千人", "件", "千件", "%", "ha", "km", "km2", "km²", "㎢", "㎡", "m2", "m²", "kg", "kWh")
)
_UNIT_CELL = re.compile(
    rf"(?:{_BARE})|[(\[【〔](?:{_PLAIN}|(?:単位):?(?:{_UNITS})|{_UNIT})[)\]】〕]|単位:?(?:{_UNITS})"
)
_UNIT_NOTE = re.compile(
    rf"[(\[【〔](?:({_PLAIN})|単位:?({_UNITS}))[)\]】〕]|単位[:は]?({_UNITS})(?=$|[()\]】〕、。]|と|で)"
    rf"|数[(\[【〔]({_UNIT})[)\]】〕]|[額費金][/:]?({_any_of(YEN_UNITS)})$"
)
_KEYED = re.compile(rf"([^:、,()\[\]【】〔〕]+):({_UNIT})(?=$|[、,)\]】〕])")
# 「数量　トン、金額　千円」: a space for the colon.
_SPACED_KEY = re.compile(rf"([^\s:、,()\[\]【】〔〕]+)\s+(?=(?:{_UNIT})\s*(?:$|[、,・)\]】〕]))")
# Behind the name of a column, as none of the above: mg/l, ㌶. Letters of a formula, (B/A), are capitals.
_FOREIGN = re.compile(r".*\(((?:[a-z][0-9A-Za-z²³]+|[㌀-㏿])(?:/[0-9A-Za-z²³㌀-㏿]+)?)\)")
# What a cell may have behind its number: not 第3区, 2校, which are names, nor 3月.
_WITH_UNIT = re.compile(rf"(.*[0-9)])({_any_of(YEN_UNITS, _PEOPLE, _ITEMS, _RATIOS, ('団体', '市町村', '校', '社'))})")

_WORD_OF = {
    YEN: re.compile(r"額|費|金|税|予算|決算|債|料|収入|支出|歳入|歳出|amount|budget|cost|expenditure|revenue", re.I),
    PEOPLE: re.compile(r"人数|者数|員数|人員|定員|人口|population", re.I),
    COUNT: re.compile(r"数|件|世帯"),
    RATIO: re.compile(r"率|指数|比|割合|係数"),
    MEASURE: re.compile(r"面積|延長|量|距離|期間|年齢|時間"),
}
_NAMES_QUANTITY = re.compile("|".join(word.pattern for word in _WORD_OF.values()), re.I)
_COUNTED = re.compile(
    r"(?:件|人|名|回|世帯|戸|台|本|棟|校|園|組|社|店舗)|.*(?:箇所|[かヶカ]所)"
    r"|.*(?:職員|隊員|団員|会員|議員|教員|児童|生徒|学生|園児|住民|医師|看護師|保育士)"
    r"|.*(?:対象|利用|参加|受給|派遣|来場|入館|宿泊|従業|就業|登録|申請|応募|在籍|退職|採用)者"
    r"|.*(?:数|人口|世帯|面積|延長|人員|定員|順位|量|期間|年齢|密度|距離|時間|気温|緯度|経度|標高|長さ|幅|高さ|進捗)"
)
_PLAIN_COUNT = re.compile(r"(?:件|人|者|団体|市町村|世帯|戸|箇所|校|社|台|回)数|人口|人員")
_OF_ITEMS = re.compile(
    r".*(?:市町村|町村|団体|自治体|件|世帯|戸|箇所|[かヶカ]所|校|社|台|回|棟|事業|施設|事業所|企業|法人|店舗|集落|地区)数|件"
)
_OF_PEOPLE = re.compile(r".*(?:人|[者職隊会社役議]員|者|児童|生徒|住民)数|.*人口|.*人員")
# What these are of, the names over them say.
_WHOLES = {"総数", "総額", "総計", "合計", "計", "実数"}
_HEADS_OR_THINGS = re.compile(r".*(?:(?<!指)数|人口|人員|世帯|件)")
_EXPENSE = re.compile(r".*[費債]")
_AMOUNT = re.compile(r".*[額費]")
_QUANTITY = re.compile(r".*(?:額|数|人口|人員|率|指数|比率|割合)(?:[(\[【〔].*)?")
_RATIO = re.compile(r".*(?:率|指数|比|割合|係数)")
_INDEX = re.compile(r".*(?:指数|係数)")  # which have no unit, whatever the table's is


@lru_cache(maxsize=4096)
def compact(text: str) -> str:
    """A text for reading: half-width, without spaces."""
    return "".join(half_width(text).split())


_LETTERS = re.compile(r"[A-Za-z]{3}")


@lru_cache(maxsize=4096)
def _with_plain_units(text: str) -> str:
    """A compact text, its units as they are called here: （1,000円） as (千円)."""
    if "1" in text or _LETTERS.search(text):
        text = _IN_DIGITS.sub(lambda match: _SIZES_IN_DIGITS[match[1]], text)
        for word, unit in _IN_ENGLISH:
            text = word.sub(unit, text)
    return text.replace("金額単位", "単位").replace("表示単位", "単位")


def counts_heads_or_things(text: str) -> bool:
    """Does a name say that people or items are counted (人口, 学校数)?"""
    name = re.sub(r"[(\[【〔].*", "", compact(text))
    return _HEADS_OR_THINGS.fullmatch(name) is not None and not _is_money(name)


def units_in(text: str) -> list[str]:
    """The units that a title, a note or a header states for the numbers under it, in order."""
    if calls_itself_unit(text):
        text = _SPACED_KEY.sub(_with_colon, half_width(text))
    text = _with_plain_units(compact(text))
    if _UNIT_CELL.fullmatch(text):
        return re.findall(_UNIT, text.replace("単位", ""))
    keyed = _KEYED.findall(text)
    if len(keyed) > 1:
        return [unit for _, unit in keyed] if all(names_quantity(key) for key, _ in keyed) else []
    return [unit for note in _UNIT_NOTE.findall(text) for unit in re.findall(_UNIT, "".join(note))]


def may_be_unit(text: str) -> bool:
    """Is a text one that is a unit where it can be nothing else (戸, 団体)?"""
    plain = compact(text).strip("()")
    return is_unit(plain) or (plain in KINDS and plain not in _MEASURE_NOUNS)


def _with_colon(match: re.Match[str]) -> str:
    return f"{match[1]}:" if names_quantity(match[1]) and match[1] not in KINDS else match[0]


def calls_itself_unit(text: str) -> bool:
    """Does a text say that it states a unit?"""
    return "単位" in text


def units_of_cell(text: str) -> list[str]:
    """The units that a cell of a column of units states, among them such as are not known here: 羽 is no 千円."""
    return units_in(f"（単位：{text}）") or [text]


def units_over(text: str) -> list[str]:
    """The units that the header of one column states, among them such as are not known here."""
    return units_in(text) or _FOREIGN.findall(compact(text))


def unit_among(units: Sequence[str], names: Sequence[str], siblings: Sequence[str] = ()) -> str | None:
    """Which of the units that a note states for a whole table counts what `names` (a column's, a row's) name.

    `siblings` are the last names of the columns under the same names: 件数 beside 金額 is not money, whatever both are of.
    """
    names = [name for name in names if not names_a_whole(name)] or names
    if not is_ratio(names):
        units = [unit for unit in units if KINDS[unit] != RATIO]
    fitting = [unit for unit in units if _may_count(unit, names, siblings)]
    if len(units) > 1:
        fitting = [unit for unit in fitting if any(_WORD_OF[KINDS[unit]].search(name) for name in names)]
    return fitting[0] if len(fitting) == 1 else None


def _may_count(unit: str, names: Sequence[str], siblings: Sequence[str]) -> bool:
    """Could `unit` count this? Money does not count 件数, nor people 金額; of a name that tells nothing, anything."""
    if KINDS[unit] == RATIO and any(map(_INDEX.fullmatch, names)):
        return False
    last = next((name for name in reversed(names) if names_quantity(name) or _COUNTED.fullmatch(name)), "")
    if _RATIO.fullmatch(last):
        return KINDS[unit] == RATIO
    if (KINDS[unit] == PEOPLE and _OF_ITEMS.fullmatch(last)) or (KINDS[unit] == COUNT and _OF_PEOPLE.fullmatch(last)):
        return False
    is_count = _COUNTED.fullmatch(last) is not None
    is_money = any(map(_is_money, names))
    if KINDS[unit] != YEN:
        return is_count or not is_money
    if not is_count:
        return True
    # A number of people may be what an expense is reckoned by: 社会福祉費 over 人口 is money all the same.
    is_of_expense = any(_EXPENSE.fullmatch(name) for name in names)
    return is_money and not any(map(_is_money, siblings)) and (is_of_expense or not _PLAIN_COUNT.fullmatch(last))


def _is_money(name: str) -> bool:
    return _WORD_OF[YEN].search(name) is not None and not _COUNTED.fullmatch(name)


def telling(names: Iterable[str]) -> list[str]:
    """The names on which it depends what a number counts; no others say anything to `unit_among` or `is_ratio`."""
    return [name for name in names if names_quantity(name)]


@lru_cache(maxsize=4096)
def names_quantity(text: str) -> bool:
    """Does a name say what is counted: money, people, items, a ratio?"""
    return _NAMES_QUANTITY.search(compact(text)) is not None


def kind_named(name: str) -> str | None:
    """The kind that a name says by itself, without any unit or brackets: 派遣者数 people, 受入件数 items, 予算額 money.

    >>> [kind_named(name) for name in ("令和3年度派遣人数", "件数", "当初予算額", "派遣市町村数", "令和3年度", "構成比")]
    ['people', 'count', 'yen', 'count', None, None]
    """
    name = compact(name)
    if _OF_PEOPLE.fullmatch(name):
        return PEOPLE
    if _OF_ITEMS.fullmatch(name):
        return COUNT
    return YEN if _AMOUNT.fullmatch(name) else None


def says_kind(text: str, kind: str) -> bool:
    """Does a title name people or items somewhere in it: 「派遣者数の推移」?"""
    return {PEOPLE: _OF_PEOPLE, COUNT: _OF_ITEMS}[kind].match(compact(text)) is not None


def names_a_whole(name: str) -> bool:
    """Does a name say that this is all of something, and not of what (総数, 計)?"""
    return name in _WHOLES


def is_quantity(name: str) -> bool:
    """Is this by itself what is counted (予算額, 派遣者数), rather than something of which it is counted?"""
    return _QUANTITY.fullmatch(compact(name)) is not None


def is_unit(text: str) -> bool:
    """Is a unit, or a note that states units, all that a compact text says?"""
    return _UNIT_CELL.fullmatch(_with_plain_units(text)) is not None


def with_unit(text: str) -> tuple[str, str] | None:
    """The number and the unit behind it that a compact text consists of."""
    match = _WITH_UNIT.fullmatch(text)
    return (match[1], match[2]) if match else None


def says_neither(unit: str | None) -> bool:
    """Does a unit count something that is no money, no people, no items and no ratio: ha, km?"""
    return unit is not None and KINDS.get(unit, MEASURE) == MEASURE


def is_ratio(names: Sequence[str]) -> bool:
    return any(_RATIO.fullmatch(name) for name in names)
