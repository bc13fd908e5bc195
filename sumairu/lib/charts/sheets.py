"""What a chart is drawn on: a sheet of some size, the letters on it, and where values and years stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from sumairu.lib.charts.points import Number


@dataclass(frozen=True)
class Letters:
    """Sizes in units, as the style sheet sets them: of names and values, of what is quieter, of the newest value."""

    plain: float
    quiet: float
    loud: float


@dataclass(frozen=True)
class Sheet:
    width: int
    height: int
    bar_width: int
    desk: Letters
    phone: Letters


NARROW = Sheet(420, 230, 54, desk=Letters(14, 12.5, 18), phone=Letters(16, 15, 18))
# For two side by side on A4, with letters as large as in a footnote: names of four characters have room under four bars.
SMALL = Sheet(320, 180, 42, desk=Letters(14, 12.5, 18), phone=Letters(16, 15, 18))
WIDE = Sheet(720, 290, 64, desk=Letters(14, 12.5, 18), phone=Letters(27, 25, 34))
SPACE = 8  # between two texts


@dataclass(frozen=True)
class Year:
    """The name of a year under its bar: in Japanese, and in small letters the year of its April."""

    x: int
    label: str
    label_spare: bool
    sub_label: str
    sub_label_spare: bool


def vertical(values: Sequence[Number], top: int, bottom: int) -> tuple[Callable[[Number], int], int]:
    """What says how high a value stands between `top` and `bottom`, where zero always is; and how high zero stands."""
    highest, lowest = max([*values, 0]), min([*values, 0])
    span = highest - lowest

    def y_of(value: Number) -> int:
        return round(top + (bottom - top) * (highest - value) / span) if span else bottom

    return y_of, y_of(0)


def width_of(text: str, letters: float) -> float:
    """About how wide a text is drawn: a Japanese character as wide as it is high, a figure somewhat over half."""
    return letters * sum(1.0 if east_asian_width(character) in "FWA" else 0.58 for character in text)
