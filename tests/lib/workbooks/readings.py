"""What is read of a workbook, by cell, and the wide table that many tests begin from."""

from sumairu.lib.workbooks.reading import read


def figures(content):
    """`{"B6": (label, fiscal year, unit, value)}`"""
    return {each.cell: (each.label, each.fiscal_year, each.unit, each.value) for each in read(content).figures}


def stages(content):
    return {each.cell: (each.stage, each.supplement) for each in read(content).figures}


def reasons(content):
    return {each.cell: each.reason for each in read(content).skipped}


def problems(content):
    return {each.cell: each.reason for each in read(content).problems}


WIDE = [
    ["財政的支援の予算額の推移"],
    ["出どころ：道の資料"],
    [None, None, "（単位：億円）"],
    ["制度名", "予算額", None],
    [None, "H30年度", "R元年度"],
    ["地域づくり総合交付金", 45.5, 45.8],
]
MERGE = ["A4:A5", "B4:C4"]
READ = {
    "B6": ("地域づくり総合交付金", 2018, "億円", 4_550_000_000),
    "C6": ("地域づくり総合交付金", 2019, "億円", 4_580_000_000),
}


def wide(**cells):
    """WIDE with other values in some cells: `wide(C3=None, A3="単位　億円")`."""
    rows = [[*row, *[None] * (3 - len(row))] for row in WIDE]
    for name, value in cells.items():
        rows[int(name[1:]) - 1]["ABC".index(name[0])] = value
    return rows
