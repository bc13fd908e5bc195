"""Texts that stand where a number belongs, and texts by which a row is told from a header.

>>> [is_remark(text) for text in ("不交付団体", "（令和3年度で終了）", "R5新規", "精査中", "補正後に計上", "別紙のとおり")]
[True, True, True, True, True, True]
>>> [is_remark(text) for text in ("12～15", "約45", "四十五", "O", "l,234", "1/2", "")]
[False, False, False, False, False, False, False]
>>> [is_misspelt(text) for text in ("ー1,234", "O", "l,234", "1/2", "#1234", "12時", "不交付", "R4", "第1号")]
[True, True, True, True, True, False, False, False, False]
>>> [is_locality(text) for text in ("函館市", "北海道 小樽市", "泊村", "空知総合振興局", "市町村", "地域づくり交付金", "都市")]
[True, True, True, True, False, False, False]
>>> [names_label(text) for text in ("市町村名", "区分", "事業名", "年齢階級", "団体コード", "地域づくり総合交付金", "泊村")]
[True, True, True, True, True, False, False]
"""

import re
from functools import lru_cache

from sumairu.lib.wareki import fiscal_years_in, without_fiscal_years
from sumairu.lib.workbooks.files.cells import Cell
from sumairu.lib.workbooks.files.texts import LONGEST_NAME
from sumairu.lib.workbooks.words.terms import each, ends_in
from sumairu.lib.workbooks.words.units import compact, units_in
from sumairu.lib.workbooks.words.years import could_go_on

# Said in place of a number: that there is none, that it is not known, that it is not told, that it stands elsewhere, what
# became of what is counted, or a mark.
_SAID = {
    *each("_ 不", "交付", "_ 団体 なし 無し せず"),
    *each("該当 実績 予算 申請 対象 計上 設定 執行", "_ 事業 団体", "なし 無し せず 無"),
    *("なし", "無", "無し", "対象外", "回答なし", *each("皆", "無 増 減"), *each("不", "要 参加 実施 採択")),
    *each("未", "定 実施 設置 集計 確定 回答 提出 公表 交付 執行 着手 設定 策定 開催 把握 調査 計上 記入 入力 報告"),
    *("不明", "不詳", "要確認"),
    *("秘匿", *each("非", "公表 公開 該当 開示")),
    *("別途", "別掲", "再掲", "組替", "同上", "同左"),
    *("新", "新規", "継続", "終了", "廃止", "中止", "休止", "休業", "閉鎖", "統合", "移管", "移行", "合併", "完了", "済", "済み"),
    *"○◯〇●◎×✕✗✓✔☑有済",
}  # fmt: skip
# What somebody waits for or does, in so many letters before such an ending: 国の決定待ち, 調整中です.
_SAID_OF_NOW = (("待ち", 6), ("中", 8), ("中です", 8))
_FOOTNOTE = re.compile(r"※[0-9]{0,2}|注[0-9]{1,2}")
# How a remark ends that says more: what became of it, where it stands, what was done to the number; or as sentences end.
_ENDS = (
    *("終了", "廃止", "中止", "休止", "新規", "統合", "移管", "移行", "開始", "実施", "合併", "済", "済み", "予定", "見込", "見込み"),
    *("計上", "組替", "再掲", "対象外", "含む", "含まず", "除く", "参照", "とおり", "通り", "繰越", "精算", "不要"),
    *("確認", "増額", "減額", "追加", "変更", "調整"),
    *("せず", "なし", "無し", "ある", "ない", "あり", "ため", "した", "する", "です", "ます"),
)  # fmt: skip
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠々]")
_IN_KANJI = re.compile(r"[〇一二三四五六七八九十百千万億兆]+(?:円|人|名|件)?")
_ENGLISH = re.compile(r"\(?[A-Za-z]{3}[A-Za-z0-9\s,.()/&'%~-]*")
_BRACKETS = "()[]【】〔〕<>〈〉《》「」『』※*・ "
_MORE_DIGITS = re.compile(r"[0-9]")

# A number with a slip of the pen: a letter for a digit, a long vowel for a minus, two numbers for one.
_LETTERS = "OoＯｏlIｌＩ|"
_SLIP = re.compile(
    rf"(?=.*[0-9{_LETTERS}])[ー―—_#'’`\-+=.,;:/\\0-9{_LETTERS}△▲\s]{{1,20}}(?:円|人|名|件|千円|百万円|億円)?"
)

# How the names of places end, and what ends so and is a word for such places.
_TOWNS, _PREFECTURES, _OFFICES = "市町村区郡", "都府県", ("振興局", "支庁", "管内")
_NO_PLACES = ("町村", "都市", "市区", "地区", "校区", "学区", "街区", "行政区", "選挙区", "府県")
_NO_TOWNS = tuple(each("各 全 他 本 同 当 関係 対象 該当 構成 政令 中核 指定", "市 町 村 区"))
_OFFICES_AS_SUCH = {*_OFFICES, "総合振興局"}
# What a column of names is called, and how that ends. In small letters.
_LABELS = {
    *("名", "市", "町", "村", "区", "名前", "なまえ", "制度", "事業", "施設", "学校", "病院", "会計"),
    *("種", "類", "款", "項", "目", "節", "年", "月", "日", "期", "順", "順位"),
    *("no", "no.", "№", "#", "id", "cd", "内容", "備考", "摘要", "概要"),
}  # fmt: skip
_LABELS_END = (
    *("名", "名称", "区分", "種別", "種類", "類型", "分類", "階級", "階層", "項目", "品目", "科目", "費目", "細目", "コード", "番号"),
    *("年度", "年次", "年月", "年齢", "年代", "別", "内訳", "事項", "属性", "規模", "業種", "産業", "職種", "理由", "財源", "目的"),
    *("都県", "道県", "府県", "市町村", "市区町村", "町村", "団体", "地域", "地区", "圏域", "管内", "自治体", "局", "部", "課", "係"),
)  # fmt: skip

# What would be a number, were it written right or known.
_LIKE_A_NUMBER = re.compile(r"(?:[(△▲+\-−約※¥￥]|[pr])?[0-9][0-9,.]*.{0,12}")
_NOT_KNOWN = {
    *each("調整 検討 集計 精査 確認 協議 照会 作成", "中"),
    *("未定", "未集計", "未確定", "未回答", "不明", "非公表", "同上", *"〃″々"),
}
_KANJI_NUMBER = re.compile(r"(?=.*[一二三四五六七八九])[〇一二三四五六七八九十百千万億]{2,}(?:円|人|名|件)?")


def stands_for_number(cell: Cell) -> bool:
    """Would a cell among numbers be one if it were written right, or known: 「12～15」, 「45億程度」, 調整中?"""
    if not isinstance(cell, str):
        return True
    if len(cell) > LONGEST_NAME:  # a page of text, of which the words below would be looked for everywhere
        return False
    text = compact(cell)
    if _KANJI_NUMBER.fullmatch(text):
        return True
    if could_go_on(text) or fiscal_years_in(text) or units_in(text) or "補正" in text:
        return False
    is_unknown = text in _NOT_KNOWN or (text != "" and not text.strip("?"))
    return is_misspelt(text) or is_unknown or _LIKE_A_NUMBER.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def is_remark(text: str) -> bool:
    """Is a text said in place of a number, and none that is written wrong?"""
    words = without_fiscal_years(compact(text)).strip(_BRACKETS)
    words = re.sub(r"(?:令和|平成|昭和|[RHS])?(?:[0-9]{1,4}|元)(?:年度?|月|日)", "", words)
    if any(map(_is_said, (words, compact(text).strip(_BRACKETS)))):
        return True
    if _MORE_DIGITS.search(words) or _IN_KANJI.fullmatch(words) or not _JAPANESE.search(words):
        return False
    return ends_in(_ENDS, words) or len(words) > 12


def _is_said(words: str) -> bool:
    return (
        words in _SAID
        or any(words.endswith(end) and 0 < len(words) - len(end) <= most for end, most in _SAID_OF_NOW)
        or _FOOTNOTE.fullmatch(words) is not None
    )


def is_english(text: str) -> bool:
    """Is a text one of English words?

    >>> [is_english(text) for text in ("Per capita", "Income (total)", "O", "R5", "計 Total")]
    [True, True, False, False, False]
    """
    return _ENGLISH.fullmatch(text.strip()) is not None


@lru_cache(maxsize=4096)
def is_misspelt(text: str) -> bool:
    """Is a text a number in which a letter or sign is wrong?"""
    return _SLIP.fullmatch(compact(text)) is not None


@lru_cache(maxsize=4096)
def is_locality(text: str) -> bool:
    """Is this the name of a town, an office's area or a prefecture, rather than a word for such?"""
    text = compact(text)
    if len(text) > 20 or text.endswith(_NO_PLACES) or text in _OFFICES_AS_SUCH:
        return False
    if ends_in(_TOWNS, text):
        return not text.endswith(_NO_TOWNS)
    return text == "北海道" or text.endswith(_OFFICES) or (ends_in(_PREFECTURES, text) and len(text) <= 5)


@lru_cache(maxsize=4096)
def names_label(text: str) -> bool:
    """Is this what a column is called that names rows?"""
    name = compact(text).strip(_BRACKETS).lower()
    return name in _LABELS or name.endswith(_LABELS_END)
