"""What of a workbook stays the same from year to year: the headers of its tables, without years and numbers.

A corrected reading of this year's workbook is applied to next year's where both have one shape. Names of sheets are no
part of it, since many are a year; their order is.

>>> _plain("令和４年度"), _plain("R3"), _plain("当初算定（千円）")
('#年度', '#', '当初算定(千円)')
"""

from hashlib import sha256

from sumairu.lib.folding import fold
from sumairu.lib.workbooks.figures import Reading
from sumairu.lib.workbooks.words.years import without_years_and_numbers


def shape_of(reading: Reading) -> str:
    """The SHA-256 of the shape; of a reading without corrections, since they change what the tables are."""
    sheets = [sheet.name for sheet in reading.sheets if not sheet.is_hidden]
    told = [
        "/".join([str(sheets.index(table.sheet)), *(_plain(" ".join(column.path)) for column in table.columns)])
        for table in reading.tables
        if table.sheet in sheets
    ]
    return sha256("\n".join([str(len(sheets)), *told]).encode()).hexdigest()


def _plain(text: str) -> str:
    return without_years_and_numbers(fold(text))
