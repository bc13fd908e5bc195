"""Workbooks for tests of the import, as staff would keep them."""

from io import BytesIO

from openpyxl import Workbook

YEARS = ["H30年度", "R元年度", "R2年度", "R3年度"]


def book(*sheets):
    """The bytes of an .xlsx of `(title, rows)` sheets."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return saved(workbook)


def saved(workbook):
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def budget_book(values=(45.5, 45.5, 45.8, 45.8), program="地域づくり総合交付金", unit="（単位：億円）"):
    """Title, note, unit line, a header in two rows, and one programme below it: amounts in B6 to E6."""
    rows = [
        ["予算額の推移"],
        ["出どころ：見本"],
        [None, None, None, None, unit],
        ["制度名", "予算額"],
        [None, *YEARS],
        [program, *values],
    ]
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "予算額"
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("B4:E4")
    return saved(workbook)


def long_book(rows, header=("制度名", "振興局", "年度", "段階", "予算額（千円）")):
    return book(("予算額", [list(header), *rows]))


def unknown(**kw):
    return budget_book(program="地域づくり交付金", **kw)


def many(count, amount=lambda number: 1000 + number):
    """A workbook of so many rows of figures, from row 2: the first 135 of them new, the others said again."""
    stages = ("当初", "最終", "決算")
    rows = [(f"{1980 + number // 3 % 45}年度", stages[number % 3], amount(number % 135)) for number in range(count)]
    return long_book([["地域づくり総合交付金", "全道", *row] for row in rows])
