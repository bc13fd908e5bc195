from sumairu.imports.models.figures import (
    SOURCE_COLUMNS,
    FigureChange,
    SourcedFigure,
    about_words,
    no_other_change,
    value_words,
)
from sumairu.imports.models.givings import GivingOut
from sumairu.imports.models.kept import KeptComparison, KeptLines
from sumairu.imports.models.layouts import Layout
from sumairu.imports.models.runs import ImportRun, KeptReading, NotSaved
from sumairu.imports.models.workers import Worker, moment

__all__ = [
    "SOURCE_COLUMNS",
    "FigureChange",
    "GivingOut",
    "ImportRun",
    "KeptComparison",
    "KeptLines",
    "KeptReading",
    "Layout",
    "NotSaved",
    "SourcedFigure",
    "Worker",
    "about_words",
    "moment",
    "no_other_change",
    "value_words",
]
