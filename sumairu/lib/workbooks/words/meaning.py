"""What the words of a sheet mean: the stage that they state, what a column is for, what stands apart.

The fifth step; with `years`, `units` and `numerals` the only one that knows Japanese. It reads the texts over one column
or beside one row; what several places state is weighed in `reading`. Nothing here guesses: of a text that says too
little, or two things, the answer is None.

>>> stage_of(("R3年度", "２月補正後")), stage_of(("当初予算額",)), stage_of(("予算額",)), stage_of(("２月補正",))
(Stage(name='補正後', supplement='2月補正'), Stage(name='当初', supplement=None), Stage(name=None, supplement=None), None)
>>> [set_apart(name) for name in ("合　計", "北海道計", "会計年度任用職員", "対前年度比（％）", "構成比", "うち一般財源")]
['合計', '合計', None, '増減や比率', '増減や比率', '内数']
>>> [use_of(path) for path in (("年度（西暦）",), ("制度名",), ("団体コード",), ("備考",), ("実績", "予算額（億円）"))]
['year', None, 'code', 'note', None]
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sumairu.lib.prefectures import PREFECTURES
from sumairu.lib.wareki import fiscal_year, fiscal_years_in, without_fiscal_years
from sumairu.lib.widths import half_width
from sumairu.lib.workbooks.files.cells import Cell
from sumairu.lib.workbooks.words.remarks import is_misspelt
from sumairu.lib.workbooks.words.units import compact, units_in

STAGES = ("当初", "補正後", "最終", "決算")

_COUNTED = re.compile(r"(?:元|\d{1,2})(?:年度?)?")
_LIKE_A_NUMBER = re.compile(r"(?:[(△▲+\-−約※¥￥]|[pr])?[0-9][0-9,.]*.{0,12}")
_NOT_KNOWN = re.compile(
    r"(?:調整|検討|集計|精査|確認|協議|照会|作成)中|未定|未集計|未確定|未回答|不明|非公表|[〃″々]|同上|\?+"
)
_IN_KANJI = re.compile(r"(?=.*[一二三四五六七八九])[〇一二三四五六七八九十百千万億]{2,}(?:円|人|名|件)?")
_BRACKETED = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")

TOTAL, PART, PLANNED = "合計", "内数", "見込みや計画"
PER_UNIT = "一つ当たりの数"
OF_A_MONTH = "月ごとの数"
# Divided by people, households or area: no amount, and no people, whatever its unit. 密度補正 is one of needs; what is
# done per person may be in the name of a programme.
_PER_UNIT = re.compile(
    r"(?!.*(?:事業|交付金|補助金?|支援金?|給付金?|制度|加算)$)"
    r"(?:.*(?<![日見突行])(?:当たり|当り|あたり)(?!ま|さ).*|.*[0-9一1]日(?:当たり|当り|あたり).*|.*[0-9一]?(?:人|世帯|戸|人口)当(?:[^てた].*)?"
    r"|.*人口[0-9,]*[十百千万]*人?対.*|.*対(?:人口|面積|世帯)(?:[0-9十百千万]*人?|比率?)?|.*[0-9十百千万]人対.*|.*密度(?!補正).*|.*(?:性比|従属人口指数|老年化指数))"
)
# 会計, 統計 and their like end in the letter that is a total by itself; 集計 is one of what it stands behind (北海道集計).
_WHOLES = (*PREFECTURES.values(), *(name[:-1] for name in PREFECTURES.values()), "市町村", "市区町村", "町村", "全国")
_TOTAL = re.compile(
    r".*[合小総累中]計(?:額|数)?|(?:.*[^会家設統推集時余温早生])?計|総額|総数" rf"|(?:{'|'.join(_WHOLES)})?集計"
)
_AVERAGE = re.compile(r".*平均(?:値|額)?|最大値?|最小値?|中央値|標準偏差")
_DIFFERENCE = re.compile(
    r"対?前々?年度?(?:同期)?(?:比|差|増減|伸び?率|との?比較|対比).*|対(?:前年|当初|予算).*|.*(?:増減|差引)(?:額|率|数|比)?"
    r"|.*(?:伸び?|増加|減少|変化|達成|執行|寄与)率|.*(?:増加|減少|差)額|.*構成比|.*との?比較|.*増△減"
    r"|比較|差|増|減|比|率|シェア|対?(?:.*年度|[RHS]\d{1,2})(?:との?)?(?:比|差|対比)"
)
# 「増減 A-B」, 「計（ア＋イ）」: how the column is reckoned, said behind its name.
_OPERAND, _OPERATOR = "[A-Za-z①-⑳ア-ン]", r"[+\-−/÷×*]"
# B-A, C=B/A*100: of letters alone, since A-1 is a number by which a thing goes.
_BARE_EXPRESSION = re.compile(rf"(?:{_OPERAND}=)?{_OPERAND}(?:{_OPERATOR}{_OPERAND})+(?:[×*]100)?%?")
_BRACKETED_EXPRESSION = re.compile(rf"\({_OPERAND}\)(?:{_OPERATOR}\({_OPERAND}\))+")
_EXPRESSION = re.compile(r"[A-Za-z①-⑳ア-ン]\s*[=+\-−/÷×*][A-Za-z①-⑳ア-ン0-9=+\-−/÷×*()%]*$")
# All months but the year's last: what there is at its end is the whole year's.
_LESS_THAN_A_YEAR = re.compile(
    r"(?!3月末)\d{1,2}月(?:分|末|期)?(?:現在|時点|まで)?(?:の?(?:実績|累計))?"
    r"|(?!4月?[~〜-]3月)\d{1,2}月?[~〜-]\d{1,2}月(?:分|期)?(?:の?(?:実績|累計))?"
    r"|(?:第?[\d一二三四]四半期|Q[1-4]|[1-4]Q|[上下前後]半?期)(?:分|計|の?実績)?",
    re.I,
)
_OF_A_PERIOD = re.compile(r"[月期Q]", re.I)
_YEARS_APART = re.compile(
    r"(?:[RHS][\d元]+|(?:令和|平成|昭和)[\d元]+|20\d\d)(?:年度)?[-−‐‑/÷](?:[RHS][\d元]+|(?:令和|平成|昭和)[\d元]+|20\d\d)(?:年度)?"
)
_PART_OF = re.compile(r"\(?(?:[左上]記?の|の)?うち(?!わ).*|.*再掲.*|\(?内[数訳書]\)?.*|\(内\).*|(?:財源|経費)の?内訳")
_PART_BEFORE_A_SPACE = re.compile(r"[(（]?内[\s　].*")
_PLANNED = re.compile(r"見込|予定|計画|目標|要望|試算|予測|暫定")
_NOT_ACTUAL = re.compile(
    r"(?:末の?(?:現在高|残高|[者人件]数)?の?)?(?:見込み?|予定|計画|目標|要望|試算|予測)(?:額|数|値|件数|人数|人員)?"
)
_BRACKETED_NOT_ACTUAL = re.compile(r"\((?:見込み?|予定|計画|目標|暫定)(?:額|値)?\)")

_STAGE_WORDS = (
    ("当初", r"当初(?!計画|想定|設計|契約|目的)"),
    ("補正後", r"(?:補正|専決)(?:予算)?後|現計"),
    ("最終", r"最終(?!処分|年|回|目標|候補|的)"),
    ("決算", r"決算(?!統計|カード|審査|書)"),
)
_STAGE_BY_ITSELF = re.compile(
    r"(?:\d{1,2}月|第?\d{1,2}号)?(?:当初|補正(?:予算)?後?|現計|最終|決算)(?:見込)?(?:予算)?の?額?"
)
# Not so the corrections by which needs are reckoned (密度補正).
_INCREASE = re.compile(
    r"(?!.*(?:段階|密度|態容|寒冷|数値急[増減]|財政力|合併|事業費)補正).*(?:補正|専決)(?:予算)?(?:額|分)?"
)
_SUPPLEMENTED = re.compile(r"補正(?!予算?後|後|前)[^)]*$|補正[・と、]")
_NOT_YET = re.compile(r"見込|要求|暫定|補正前")
_BEFORE = re.compile(r".*(?:補正前|既[定決]).*")
_REQUESTED = re.compile(r".*(?:要求|概算)(?:額|時)?")
_SUPPLEMENT = re.compile(r"(\d{1,2})月(?:補正|専決)|第?(\d{1,2})[号次](?:補正)|補正(?:予算)?\(?第?(\d{1,2})号\)?")

# 西暦（年） beside 和暦（年） is of the calendar, 年度（西暦） is not.
_OF_THE_CALENDAR = re.compile(r"(?:西暦|和暦)(?:\(年\)|年)")

# What a column is for, by the last of the texts over it.
YEAR, STAGE, SUPPLEMENT, UNIT, CODE = "year", "stage", "supplement", "unit", "code"
TIME, IDENTIFIER, ORDER, NOTE, ABOUT = "time", "identifier", "order", "note", "about"
MONTH = "month"
_USES = (
    (YEAR, r"fiscal[ _-]?year|FY"),
    (TIME, r"(?:survey|census|data|calendar)?[_-]?year"),
    (YEAR, r"(?:会計|予算|事業|実施|対象|決算|派遣)?年度|西暦(?:年度)?|和暦(?:年度)?"),
    (TIME, r"年|年次|暦年|調査年"),
    (STAGE, r"(?:予算の?)?段階"),
    (SUPPLEMENT, r"補正(?:予算)?(?:名|回|号|時期)?"),
    (UNIT, r"単位"),
    (
        CODE,
        r".*(?:団体|市町村|市区町村|自治体|地域|都道府県|市区)(?:コード|CD)|コード|CD|(?:area|city|town|region|municipal(?:ity)?|prefecture|lg|jis)?[_-]?code",
    ),
    (MONTH, r"(?:対象|調査)?(?:月|月次|年月)"),
    (ORDER, r"元号|年号"),
    (ORDER, r".*(?:順位|ランキング|ランク)|番号|連番|通番|項番|No\.?|NO\.?|№|#|番|順"),
    (NOTE, r"備考|参考|摘要|注|注記|出典|出所|出どころ|コメント|メモ"),
    (NOTE, r".*(?:電話|郵便|FAX|内線)(?:番号)?|.*TEL|[掲記]載(?:頁|ページ)"),
    (NOTE, r"頁|ページ|.*(?:メール|E-?mail)(?:アドレス)?|.*アドレス|URL|ホームページ"),
    (
        NOTE,
        r".*(?:開始|終了|設立|設置|創設|発足|開設|開校|閉校|着手|着工|竣工|完成|完了|建築|建設|供用|採択|認定|指定"
        r"|制定|策定|改定|導入|合併|取得)年(?:度|月)?",
    ),
    (NOTE, r"日付|月日|.*(?:年月日|日時|期日|期限|締切日?|[定請始了認布算知]日)"),
    (IDENTIFIER, r".*(?:コード|CD|番号)|ID"),
    # Of texts alone, and where others name the rows: what is said of each.
    (
        ABOUT,
        r".*(?:内容|概要|目的|理由|説明|根拠|根拠法令|要件|期間|時期|率|割合)|.*(?:問合せ|問い合わせ|連絡)先|.*(?:住所|所在地)",
    ),
    (ABOUT, r"(?:担当|所管)(?:者|課|係|部|部署|部局|課[・･]係|室)?|主な.*"),
)
# What sorts the rows: beside names that tell them apart it is no part of those; a number of one digit or two is no figure.
_CLASS = re.compile(
    r"(?:団体|都市|市町村|自治体|地域|地方|事業|会計)?(?:区分|種別|種類|類型|分類|属性)|類似団体.*|.*級地(?:区分)?"
    r"|.*(?:の?有無|該当|非該当|フラグ|判定)|(?:普通交付税)?(?:不?交付(?:団体)?|交付[・/]?不交付)"
    r"|(?:財源)?過不足|財源(?:不足|超過)(?:団体)?"
)
_CHECKED = re.compile(r"[○◯〇●◎×✕✗✓✔☑レ]")
# Numbers in such columns name the row; in a column of texts, these too are no part of its name.
NAMING_USES = (YEAR, TIME, MONTH, CODE, IDENTIFIER, ORDER)
# Over a column, these hold for all that stands under them.
_WHOLE_USES = (ORDER, NOTE)
LONGEST_HEADING = 40
_NOTE_ROW = re.compile(r"[(\[【]?(?:※|(?:注|備考|資料|出典|出所|出どころ)(?:[\s0-9:)\]】①-⑳]|$))")
_CONTACT = re.compile(
    r"[(【\[]?(?:お?(?:問い?合わ?せ|連絡)先|(?:作成)?担当(?:者|課|係)?|内線|電話(?:番号)?|TEL|FAX)[)】\]]?", re.I
)
_CAPTION = re.compile(r"[(\[【]?(?:別紙|別添|別表|資料|様式|参考|表|図)(?:第?[0-9\-ー‐－の]+号?)?[)\]】]?")

NEGATIVE, OTHER_YEAR = "負の数", "ほかの年度"
_OF_BRACKETS = re.compile(r"(?:\(\)|\[\]|【】|〔〕|かっこ|カッコ|括弧)(?:内|書|付|は|の).*")
_MEANINGS_OF_BRACKETS = (
    (PART, re.compile(r"内数|内書|うち|再掲|内訳")),
    (NEGATIVE, re.compile(r"負|マイナス|減")),
    (OTHER_YEAR, re.compile(r"前年|昨年|前々年|翌年")),
)
_FOOTNOTE = re.compile(
    r"\s*(?:[(（\[](?:※|注)\s*[0-9０-９]{0,2}[)）\]]|※[0-9０-９]{0,2}|[*＊]{1,3}|⁽?[¹²³⁴-⁹⁰]+[)⁾]?)$|\s+注[0-9０-９]{0,2}$"
)
_CODE_FIRST = re.compile(r"(C[0-9]{12}|[0-9]{5,6})[\s:._-]*([^\s0-9:._-]\D*)")
_CODE_LAST = re.compile(r"(\D*[^\s\d(\[])[\s(\[]+(C[0-9]{12}|[0-9]{5,6})[)\]]?")


class Stage(NamedTuple):
    """A stage of the budget, and the supplement it came with (`2月補正`)."""

    name: str | None
    supplement: str | None


NO_STAGE = Stage(None, None)


def stands_for_number(cell: Cell) -> bool:
    """Would a cell among numbers be one if it were written right, or known: 「12～15」, 「45億程度」, 調整中?"""
    if not isinstance(cell, str):
        return True
    text = compact(cell)
    if _IN_KANJI.fullmatch(text):
        return True
    if _COUNTED.fullmatch(text) or fiscal_years_in(text) or units_in(text) or "補正" in text:
        return False
    return is_misspelt(text) or any(word.fullmatch(text) for word in (_LIKE_A_NUMBER, _NOT_KNOWN))


@lru_cache(maxsize=4096)
def stage_of(path: tuple[str, ...]) -> Stage | None:
    """The stage that texts state, NO_STAGE where they state none; None where they state it, but not which.

    「２月補正」 may be what was added or what came out of it; 決算見込 is none of the stages.
    """
    text = " ".join(map(compact, path))
    stages = [name for name, word in _STAGE_WORDS if re.search(word, text)]
    if not stages:
        is_open = any(each.fullmatch(bare(name)) for name in path for each in (_INCREASE, _REQUESTED, _BEFORE))
        return None if is_open else NO_STAGE
    if len(stages) > 1 or _NOT_YET.search(text) or (stages == ["当初"] and _SUPPLEMENTED.search(text)):
        return None
    return Stage(stages[0], supplement_of(text))


def is_stage(text: str) -> bool:
    """Is a stage, or a supplement of which that is not certain, all that a text says?"""
    return _STAGE_BY_ITSELF.fullmatch(compact(text)) is not None


def supplement_of(text: str) -> str | None:
    """`2月補正` of 「２月補正後」; of a text in another way, what it says."""
    match = _SUPPLEMENT.search(compact(text))
    if match is None:
        return None
    return f"{match[1]}月補正" if match[1] else f"第{match[2] or match[3]}号補正"


@lru_cache(maxsize=4096)
def set_apart(name: str) -> str | None:
    """Why the numbers under or beside this name are not figures of their own: totals, changes, parts of others."""
    text = _BRACKETED_EXPRESSION.sub(lambda match: re.sub(r"[()]", "", match[0]), compact(name))
    if _PART_OF.fullmatch(text) or _PART_BEFORE_A_SPACE.fullmatch(name.strip()):
        return PART
    if _PLANNED.search(text) and (
        _BRACKETED_NOT_ACTUAL.search(text) or _NOT_ACTUAL.fullmatch(without_fiscal_years(text).strip("()"))
    ):
        return PLANNED
    if _OF_A_PERIOD.search(text) and any(map(_LESS_THAN_A_YEAR.fullmatch, _parts_without_years(text))):
        return "一年に満たない期間"
    plain = _BRACKETED.sub("", text) or text.strip("()[]【】〔〕")
    if _YEARS_APART.fullmatch(plain):
        return "増減や比率" if len({*map(fiscal_year, re.split(r"[-−‐‑/÷]", plain))}) > 1 else None
    if _BARE_EXPRESSION.fullmatch(plain):
        return TOTAL if "+" in plain else "増減や比率"
    text = _EXPRESSION.sub("", plain) or plain
    if _DIFFERENCE.fullmatch(text):
        return "増減や比率"
    if _TOTAL.fullmatch(text):
        return TOTAL
    if _PER_UNIT.fullmatch(text):
        return PER_UNIT
    return "平均" if _AVERAGE.fullmatch(text) else None


def _parts_without_years(text: str) -> list[str]:
    """A text and what it has in brackets, each without the fiscal year that it states: 令和3年度（4～9月）."""
    brackets = [each[1:-1] for each in _BRACKETED.findall(text)]
    return [without_fiscal_years(part) for part in (_BRACKETED.sub("", text), *brackets)]


def use_of(path: Sequence[str]) -> str | None:
    """What a column is for (one of YEAR, CODE …); None for one that names its rows or counts something."""
    if not path:
        return None
    uses = [_use_of(text) for text in path]
    over = (use for text, use in zip(path, uses, strict=True) if use in _WHOLE_USES and "参考" not in text)
    return uses[-1] or next(over, None)


@lru_cache(maxsize=4096)
def _use_of(text: str) -> str | None:
    if _OF_THE_CALENDAR.fullmatch(compact(text)):
        return TIME
    leaf = _BRACKETED.sub("", compact(text)) or compact(text).strip("()[]【】〔〕")
    return next((use for use, word in _USES if re.fullmatch(word, leaf, re.IGNORECASE)), None)


def is_class(text: str) -> bool:
    """Is this what a column is called that sorts its rows (種別, 団体区分)?"""
    return _CLASS.fullmatch(bare(text)) is not None


def is_check(text: str) -> bool:
    """Does a cell but check its row (○), and name nothing?"""
    return _CHECKED.fullmatch(text) is not None


def names_several(title: str) -> bool:
    """Does a title name several things (人口及び1人当たり所得)?"""
    return any(mark in title for mark in ("及び", "並びに", "と", "、", "・"))


def brackets_mean(texts: Iterable[str]) -> str | None:
    """What a note says of numbers in brackets: one of PART, NEGATIVE, OTHER_YEAR; None where it says nothing known."""
    said = {
        meant
        for text in map(compact, texts)
        for note in _OF_BRACKETS.findall(text)
        for meant, words in _MEANINGS_OF_BRACKETS
        if words.search(note)
    }
    return said.pop() if len(said) == 1 else None


def is_heading(text: str) -> bool:
    """Is a text above a table a heading (「予算額（千円）」) rather than a sentence that explains something?"""
    return 0 < len(text) <= LONGEST_HEADING and not is_note(text)


def is_note(label: str) -> bool:
    """Does a row begin as a note under the table does, or name whom to ask?"""
    return _NOTE_ROW.match(half_width(label).strip()) is not None or _CONTACT.fullmatch(compact(label)) is not None


def ends_table(text: str) -> bool:
    """Is a text without numbers what stands under a table, a total or a note, and no title?"""
    return is_note(text) or set_apart(text) == TOTAL


def is_caption(text: str) -> bool:
    """Is this the number of an enclosure (別紙１, 資料２－１), which no table is called by?"""
    return _CAPTION.fullmatch(compact(text)) is not None


def without_footnote(text: str) -> str:
    """A name without the footnote behind it: 釧路市※1, 釧路市（注2）."""
    return _FOOTNOTE.sub("", text) or text


def code_and_name(text: str) -> tuple[str, str] | None:
    """The digits and the name of a cell that holds a code beside a name: 「01206 釧路市」, 「釧路市（012068）」."""
    text = half_width(text).strip()
    if match := _CODE_FIRST.fullmatch(text):
        return match[1], match[2]
    match = _CODE_LAST.fullmatch(text)
    return (match[2], match[1]) if match else None


def bare(text: str) -> str:
    """A name without what stands in brackets."""
    return _BRACKETED.sub("", compact(text)) or compact(text)


def is_running_total(name: str) -> bool:
    """Does a total add up what came before it as well (累計)?"""
    return "累計" in name


def towns_in_total(label: str) -> str:
    """The letters of 町村 in 町村計: how the names end that this total adds up; none where it says nothing of that."""
    ends = bare(label).strip("合小計")
    return "" if ends.strip("市区町村") else ends


def is_two_in_one(text: str) -> bool:
    """Does a note say that cells hold two numbers, one over the other?"""
    return "上段" in text and "下段" in text


def says_supplement(name: str) -> bool:
    return "補正" in name


def says_amount_so_far(name: str) -> bool:
    """Is this what the budget came to, beside a supplement what it was before that?"""
    return "現計" in name


def says_no_stage(text: str) -> bool:
    return compact(text) in ("明示なし", "なし")
