"""What a page shows as a table, as a value that becomes a file of any format: `files` writes it.

>>> year = Column("fiscal_year", "年度（西暦）", type="year")
>>> money = Column("amount_yen", "予算額", unit="円", type="integer")
>>> shown = Shown("予算額の推移", [year, money], lambda: [[2021, 4_550_000_000], [2022, None]], sources=["予算.xlsx"])
>>> money.title, list(shown.rows())
('予算額（円）', [[2021, 4550000000], [2022, None]])

Notes, units, sources and the citation are beside the data and never among them (行政データにおける機械可読性に関するルール L1-04):
`explained` is the one table that tells them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

# More is streamed as CSV: a web worker makes this many cells in two seconds.
MOST_CELLS = 100_000
LICENCE = "クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.ja"
PUBLISHER = "住まいる北海道（北海道）"
EXPLANATION = ["区分", "名前", "説明", "プログラムでの名前", "型", "単位"]
ENCODING = "CSVとJSONはUTF-8です。CSVには、BOMの付いたものと付かないものがあります。"
# What the codes in a column mean, by what its title ends in.
CODE_TABLES = {
    "団体コード": "総務省「全国地方公共団体コード」（検査数字を含む6桁）。北海道のコードは、このサイトの「市町村」のデータにあります。",
    "コード": "このサイトが付けたコード。そのもののページのアドレスにあり、「データ」では名前とともに並びます。",
}
TYPES = {"text": "文字列", "integer": "整数", "number": "数値", "date": "日付", "year": "西暦の年"}


class TooManyRows(Exception):
    """A table is too long to be made whole while somebody waits."""


@dataclass(frozen=True)
class Column:
    """`name` is for machines, `label` for people. What is a code is text, so that no program takes its zeros away."""

    name: str
    label: str
    unit: str = ""
    type: str = "text"  # one of `TYPES`
    about: str = ""
    choices: Sequence[str] = ()

    @property
    def title(self) -> str:
        """As the header has it: of what is counted with its unit."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def codes(self) -> str:
        """Where it is said what its codes mean; empty of what has no codes."""
        return next((table for title, table in CODE_TABLES.items() if self.label.endswith(title)), "")


@dataclass(frozen=True)
class Shown:
    """A table. `rows` gives its rows anew each time, each a value per column: None is unknown, which is not zero.

    `conditions` say in words what it was narrowed to, `sources` where it is from, `notes` what to know when reading it.
    `slug` tells it from the other tables of its page. `address` is where it is shown, `made_on` the day of its making,
    `history` where it is told what has changed: the view that answers fills these in. `changes` say of its columns, the day
    first, what of them is not as it was before.
    """

    title: str
    columns: Sequence[Column]
    rows: Callable[[], Iterable[Sequence[object]]]
    slug: str = ""
    conditions: Sequence[str] = ()
    sources: Sequence[str] = ()
    notes: Sequence[str] = ()
    address: str = ""
    made_on: date | None = None
    method: str = "ページに示している表を、受け取るときに書き出したものです。"
    history: str = ""
    changes: Sequence[str] = ()
    licence: str = LICENCE
    licence_url: str = field(default=LICENCE_URL, repr=False)
    # More sources, which are looked up only where a file tells of them.
    sources_beside: Callable[[], Sequence[str]] | None = field(default=None, repr=False)
    # The day of the newest change; None where rows do not tell.
    updated: Callable[[], date | None] | None = field(default=None, repr=False)
    # How many rows there are at least, counted up to a number; where nobody can say, they are counted as they are read.
    count: Callable[[int], int] | None = field(default=None, repr=False)

    @property
    def most_rows(self) -> int:
        """How many rows a workbook that is made at once may have."""
        return MOST_CELLS // max(len(self.columns), 1)

    @property
    def is_long(self) -> bool:
        """Is it known without reading it that it has more rows than a workbook that is made at once may have?"""
        return self.count is not None and self.count(self.most_rows + 1) > self.most_rows

    def few_rows(self) -> Iterator[Sequence[object]]:
        """The rows, for a workbook that is made at once. Raises `TooManyRows` where there are more than that may have."""
        if self.is_long:
            raise TooManyRows
        return self._few_rows()

    def _few_rows(self) -> Iterator[Sequence[object]]:
        for number, row in enumerate(self.rows()):
            if number == self.most_rows:
                raise TooManyRows
            yield row

    @property
    def all_sources(self) -> list[str]:
        return [*self.sources, *(self.sources_beside() if self.sources_beside else [])]

    @property
    def updated_on(self) -> date | None:
        return self.updated() if self.updated else None

    @property
    def citation(self) -> str:
        """The line by which somebody who uses the data says where they are from."""
        day = f"、{self.made_on.year}年{self.made_on.month}月{self.made_on.day}日に取得" if self.made_on else ""
        return f"{PUBLISHER}「{self.title}」{self.address}{day}"

    @property
    def explained(self) -> list[list[str]]:
        """The rows of the table `EXPLANATION`: what the data are, then each column, then what codes and choices there are."""
        updated_on = self.updated_on
        what = [
            ("題名", self.title),
            *(("条件", condition) for condition in self.conditions),
            *(("出どころ", source) for source in self.all_sources),
            *(("注記", note) for note in self.notes),
            ("空欄", "分からないことを示します。0ではありません。"),
            ("引用の書き方", self.citation),
            ("ページ", self.address),
            ("作成方法", self.method),
            ("作成日", self.made_on.isoformat() if self.made_on else ""),
            ("更新日", updated_on.isoformat() if updated_on else ""),
            ("更新の履歴", self.history),
            *(("列の変更", change) for change in self.changes),
            ("文字コード", ENCODING),
            ("ライセンス", self.licence),
            ("ライセンスの条文", self.licence_url),
            ("提供", PUBLISHER),
        ]
        return [
            *(["データ", name, text, "", "", ""] for name, text in what if text),
            *(["列", each.title, each.about, each.name, TYPES[each.type], each.unit] for each in self.columns),
            *(["コード表", each.title, each.codes, each.name, "", ""] for each in self.columns if each.codes),
            *(["選択肢", each.title, choice, each.name, "", ""] for each in self.columns for choice in each.choices),
        ]

    def shown_at(self, address: str, on: date, history: str = "") -> "Shown":
        return replace(self, address=address, made_on=on, history=history)
