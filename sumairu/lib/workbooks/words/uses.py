"""What a column is for: years, codes, notes; or, as nearly all are, to name the rows or to count something.

>>> [use_of(path) for path in (("年度（西暦）",), ("制度名",), ("団体コード",), ("備考",), ("実績", "予算額（億円）"))]
['year', None, 'code', 'note', None]
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from sumairu.lib.workbooks.words.names import BRACKETED, bare
from sumairu.lib.workbooks.words.units import compact

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
    leaf = BRACKETED.sub("", compact(text)) or compact(text).strip("()[]【】〔〕")
    return next((use for use, word in _USES if re.fullmatch(word, leaf, re.IGNORECASE)), None)


def is_class(text: str) -> bool:
    """Is this what a column is called that sorts its rows (種別, 団体区分)?"""
    return _CLASS.fullmatch(bare(text)) is not None


def is_check(text: str) -> bool:
    """Does a cell but check its row (○), and name nothing?"""
    return _CHECKED.fullmatch(text) is not None
