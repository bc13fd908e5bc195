"""What a column is for: years, codes, notes; or, as nearly all are, to name the rows or to count something.

>>> [use_of(path) for path in (("年度（西暦）",), ("制度名",), ("団体コード",), ("備考",), ("実績", "予算額（億円）"))]
['year', None, 'code', 'note', None]
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from sumairu.lib.workbooks.words.names import BRACKETED, bare
from sumairu.lib.workbooks.words.terms import each
from sumairu.lib.workbooks.words.units import compact

# 西暦（年） beside 和暦（年） is of the calendar, 年度（西暦） is not.
_OF_THE_CALENDAR = {"西暦(年)", "和暦(年)", "西暦年", "和暦年", "西暦", "和暦"}
# What a column is for, by the last of the texts over it.
YEAR, STAGE, SUPPLEMENT, UNIT, CODE = "year", "stage", "supplement", "unit", "code"
TIME, IDENTIFIER, ORDER, NOTE, ABOUT = "time", "identifier", "order", "note", "about"
MONTH = "month"


# What a column may be called, by what it is for.
_NAMES = {
    YEAR: [
        *each("_ 会計 予算 事業 実施 対象 決算 派遣 西暦 和暦", "年度"),
        *("FY", "fiscal-year", "fiscal_year", "fiscalyear"),
    ],
    TIME: [
        *("年", "年次", "暦年", "year", "-year", "_year", "時間軸"),
        *each("調査 集計 統計 対象 実施 観測", "年 年次"),
        *(f"{what}{dash}year" for what in ("survey", "census", "data", "calendar") for dash in ("", "-", "_")),
    ],
    MONTH: each("_ 対象 調査", "月 月次 年月"),
    STAGE: ["段階", "予算段階", "予算の段階"],
    SUPPLEMENT: each("補正 補正予算", "_ 名 回 号 時期"),
    UNIT: ["単位", "単位名", "unit"],
    CODE: [
        *("コード", "CD", "code", "-code", "_code"),
        *(
            f"{what}{dash}code"
            for what in ("area", "city", "town", "region", "municipal", "municipality", "prefecture", "lg", "jis")
            for dash in ("", "-", "_")
        ),
    ],
    ORDER: ["元号", "年号", "番号", "連番", "通番", "項番", "No.", "No", "№", "#", "番", "順"],
    NOTE: [
        *("備考", "参考", "摘要", "注", "注記", "出典", "出所", "出どころ", "コメント", "メモ"),
        *("掲載頁", "掲載ページ", "記載頁", "記載ページ", "頁", "ページ", "URL", "ホームページ", "日付", "月日"),
    ],
    IDENTIFIER: ["ID"],
    ABOUT: each("担当 所管", "_ 者 課 係 部 部署 部局 課・係 課･係 室"),
}
# How such a name may end; the first that fits counts.
_ENDINGS = (
    (CODE, each("団体 市町村 市区町村 自治体 地域 都道府県 市区", "コード CD")),
    (ORDER, ["順位", "ランキング", "ランク"]),
    (NOTE, [*each("電話 郵便 FAX 内線", "_ 番号"), "TEL", "メール", "E-mail", "Email", "アドレス"]),
    (
        NOTE,
        each(
            "開始 終了 設立 設置 創設 発足 開設 開校 閉校 着手 着工 竣工 完成 完了 建築 建設 供用 採択 認定 指定"
            " 制定 策定 改定 導入 合併 取得",
            "年 年度 年月",
        ),
    ),
    (NOTE, each("事業 実施 交付 補助 _", "始期 終期 終期年度 見直し年度 開始予定 終了予定")),
    (NOTE, ["年月日", "日時", "期日", "期限", "締切", *each("締切 定 請 始 了 認 布 算 知", "日")]),
    (IDENTIFIER, ["コード", "CD", "番号", "_code", "_cd", "-code", "-cd"]),
    # Of texts alone, and where others name the rows: what is said of each.
    (ABOUT, ["内容", "概要", "目的", "理由", "説明", "根拠", "根拠法令", "要件", "期間", "時期", "率", "割合"]),
    (ABOUT, ["問合せ先", "問い合わせ先", "連絡先", "住所", "所在地"]),
)
_MAIN = "主な"  # 主な事業
_USE_OF_NAME = {name.lower(): use for use, names in _NAMES.items() for name in names}
_USES_BY_ENDING = [(use, tuple(ending.lower() for ending in endings)) for use, endings in _ENDINGS]

# What sorts the rows: beside names that tell them apart it is no part of those; a number of one digit or two is no figure.
_CLASSES = {
    *each("_ 団体 都市 市町村 自治体 地域 地方 事業 会計", "区分 種別 種類 類型 分類 属性"),
    *each("_ 普通交付税", "交付 不交付 交付団体 不交付団体 交付不交付 交付・不交付 交付/不交付"),
    *("過不足", "財源過不足", "財源不足", "財源超過", "財源不足団体", "財源超過団体"),
}
_CLASS_ENDINGS = ("級地", "級地区分", "有無", "該当", "フラグ", "判定")
_SIMILAR_TOWNS = "類似団体"
_CHECKS = set("○◯〇●◎×✕✗✓✔☑レ")
# Their numbers name the rows where nothing else does, though of others (平均年齢) they are what is counted.
_AGES = {"年齢", "満年齢", "歳"}
# Numbers in such columns name the row; in a column of texts, these too are no part of its name.
NAMING_USES = (YEAR, TIME, MONTH, CODE, IDENTIFIER, ORDER)
# Over a column, these hold for all that stands under them.
_WHOLE_USES = (ORDER, NOTE)
_COUNTED_YEAR = re.compile(r"(?:元|[0-9]{1,2})(年度?)")


def use_of(path: Sequence[str]) -> str | None:
    """What a column is for (one of YEAR, CODE …); None for one that names its rows or counts something."""
    if not path:
        return None
    uses = [_use_of(text) for text in path]
    over = (use for text, use in zip(path, uses, strict=True) if use in _WHOLE_USES and "参考" not in text)
    return uses[-1] or next(over, None)


@lru_cache(maxsize=4096)
def _use_of(text: str) -> str | None:
    if compact(text) in _OF_THE_CALENDAR:
        return TIME
    leaf = (BRACKETED.sub("", compact(text)) or compact(text).strip("()[]【】〔〕")).lower()
    of_ending = (use for use, endings in _USES_BY_ENDING if leaf.endswith(endings))
    return _USE_OF_NAME.get(leaf) or next(of_ending, ABOUT if leaf.startswith(_MAIN) else None)


def use_of_years(text: str) -> str | None:
    """YEAR or TIME by what a column of years is called (年度, 年次) or one of its cells ends with (29年度, 29年)."""
    use = use_of((text,))
    if use in (YEAR, TIME):
        return use
    counted = _COUNTED_YEAR.match(compact(text))
    return {"年度": YEAR, "年": TIME}[counted[1]] if counted else None


@lru_cache(maxsize=4096)
def is_class(text: str) -> bool:
    """Is this what a column is called that sorts its rows (種別, 団体区分)?"""
    name = bare(text)
    return name in _CLASSES or name.endswith(_CLASS_ENDINGS) or name.startswith(_SIMILAR_TOWNS)


def is_age(name: str) -> bool:
    """Is this what a column of ages is called, of which each row may be one?"""
    return compact(name) in _AGES


def is_check(text: str) -> bool:
    """Does a cell but check its row (○), and name nothing?"""
    return text in _CHECKS
