"""The 47 prefectures by the first two digits of their codes, and towns of Hokkaido whose names others have too.

>>> PREFECTURES["02"], prefecture_of("022012"), prefecture_of("012068")
('青森県', '青森県', '北海道')
>>> others_named_in("平成30年度 青森県・岩手県 市町村別"), others_named_in("福島町の予算"), others_named_in("北海道・青森県")
(['青森県', '岩手県'], [], ['青森県'])
"""

HOKKAIDO = "北海道"

PREFECTURES = {
    f"{number:02}": name
    for number, name in enumerate(
        (
            *(HOKKAIDO, "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県"),
            *("埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県"),
            *("岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県"),
            *("鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県"),
            *("佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県"),
        ),
        start=1,
    )
}
OTHERS = tuple(name for name in PREFECTURES.values() if name != HOKKAIDO)

# Names, and names without 市町村, that towns of other prefectures have as well (全国地方公共団体コード, 2022; 府中市 and
# others that Hokkaido has not are in no way its). Where nothing says which is meant, somebody has to.
SHARED_NAMES = frozenset({"伊達市", "松前町", "森町", "日高町", "清水町", "池田町"})
SHARED_STEMS = frozenset({"伊達", "北広島", "松前", "福島", "森", "沼田", "中川", "小平", "日高", "清水", "池田"})


def prefecture_of(code: str) -> str | None:
    """The prefecture that a municipality's code begins with."""
    return PREFECTURES.get(code[:2])


def others_named_in(text: str) -> list[str]:
    """The prefectures other than Hokkaido that stand in a text in full."""
    return [name for name in OTHERS if name in text]
