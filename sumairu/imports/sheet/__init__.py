"""What the preview shows of one sheet: the rows worth looking at, how each cell and column was read, one cell in words.

Rows with nothing to look at are folded, as hidden ones are in a spreadsheet, and a link opens them: so a page stays
small however long its sheet. Rows and columns are numbered as Excel numbers them here, columns from 1.
"""

from sumairu.imports.sheet.marks import MARKS
from sumairu.imports.sheet.page import SheetPage

__all__ = ["MARKS", "SheetPage"]
