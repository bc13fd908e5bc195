"""Full-width letters, digits and signs as half-width ones, and nothing else changed.

NFKC would go further and turn a footnote into a digit: R3① into R31, 1,234² into 1,2342.

>>> half_width("Ｒ３①　４５．５　（１２）"), half_width("ｶﾅ－ー")
('R3① 45.5 (12)', 'ｶﾅ-ー')
"""

_HALF = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def half_width(text: str) -> str:
    return text.translate(_HALF)
