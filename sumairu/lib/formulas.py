"""What a spreadsheet would calculate instead of showing: one list for everything that is given out.

>>> is_formula("=1+1"), is_formula("＝HYPERLINK(1)"), is_formula("\\t=1"), is_formula("釧路市")
(True, True, True, False)
"""

# What Excel, LibreOffice and Google take for the beginning of a formula, in full width as well, and what they skip
# before one.
FORMULA_STARTS = (*"=+-@＝＋－＠", "\t", "\r", "\n")


def is_formula(text: str) -> bool:
    return text.startswith(FORMULA_STARTS)
