"""What was read against what is stored: one merge for all figures of a workbook, and nothing is written."""

import json
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from sumairu.imports.kinds import FigureKind, Unidentified

MEASURES = {"yen": "金額", "people": "人数", "count": "件数", "ratio": "比率"}


class Outcome(StrEnum):
    ERROR = "error"
    CHANGED = "changed"
    NEW = "new"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"

    @property
    def label(self):
        return {"error": "誤り", "changed": "変更", "new": "新規", "unchanged": "変わらず", "skipped": "読まない"}[self]


@dataclass(frozen=True)
class Line:
    """One cell of the workbook and what would come of it. `figure` is the unsaved model row, if there is one."""

    outcome: Outcome
    sheet: str
    cell: str
    raw: str
    words: str = ""
    reason: str = ""
    figure: object = None
    stored_id: int | None = None
    before: int | None = None

    before_words: str = ""
    after_words: str = ""

    @property
    def after(self):
        return self.figure.value if self.figure else None


@dataclass(frozen=True)
class Comparison:
    kind: FigureKind
    lines: tuple[Line, ...]

    def of(self, outcome):
        return [line for line in self.lines if line.outcome == outcome]

    @property
    def counts(self):
        """How many lines of each outcome, by its name; those that have none count 0."""
        return {outcome.value: len(self.of(outcome)) for outcome in Outcome}

    @property
    def to_write(self):
        return [line for line in self.lines if line.outcome in (Outcome.NEW, Outcome.CHANGED)]

    @property
    def can_be_saved(self):
        return bool(self.to_write) and not self.of(Outcome.ERROR)

    @property
    def digest(self):
        """A SHA-256 of all that a save would write, the values that it would replace, and the errors in its way."""
        told = [
            (line.outcome, line.sheet, line.cell, line.raw, line.words, line.before, line.after, line.reason)
            for line in self.lines
            if line.outcome != Outcome.SKIPPED
        ]
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def compare(kind, reading):
    """The `Comparison` of a `Reading` with the stored figures of `kind`, in the order of the workbook."""
    lines = [Line(Outcome.ERROR, each.sheet, each.cell, each.raw, reason=each.reason) for each in reading.problems]
    lines += [Line(Outcome.SKIPPED, each.sheet, each.cell, each.raw, reason=each.reason) for each in reading.skipped]
    identified, errors = _identified(kind, reading)
    lines += errors
    single, repeated = _without_repeats(kind, identified)
    lines += repeated
    lines += _against_stored(kind, single)
    order = {sheet.name: number for number, sheet in enumerate(reading.sheets)}
    return Comparison(kind, tuple(sorted(lines, key=lambda line: (order.get(line.sheet, 0), _place(line.cell)))))


def _identified(kind, reading):
    """Unsaved figures of `kind`, each with the cell that it stands in, and lines for those that are none."""
    identify = kind.identifier()
    titles = _titles(reading)
    found, lines = [], []
    for read in reading.figures:
        if read.kind not in (kind.measure, None):
            reason = f"{MEASURES[read.kind]}の列です。いま取り込むのは{kind.label}です。"
            lines.append(Line(Outcome.SKIPPED, read.sheet, read.cell, read.raw, reason=reason))
            continue
        try:
            found.append(_figure(kind, identify, read, titles[read.sheet]))
        except Unidentified as error:
            words = " ".join(filter(None, (read.label, *read.column)))
            lines.append(Line(Outcome.ERROR, read.sheet, read.cell, read.raw, words, str(error)))
    return found, lines


def _titles(reading):
    """What stands over all the figures of a sheet: its name, and the title of its table where it has but one."""
    titles = {sheet.name: [sheet.name] for sheet in reading.sheets}
    for sheet, found in titles.items():
        tables = [table for table in reading.tables if table.sheet == sheet]
        if len(tables) == 1:
            found.append(tables[0].title)
    return titles


def _figure(kind, identify, read, titles):
    if read.kind is None or read.value is None:
        raise Unidentified("単位が分かりません。見出しか表の右上に「（単位：千円）」のように入れてください。")
    if read.fiscal_year is None:
        raise Unidentified("年度が分かりません。見出しか表題に「令和3年度」のように入れてください。")
    figure = kind.model(fiscal_year=read.fiscal_year, **identify(read, titles))
    setattr(figure, kind.value_field, read.value)
    figure.sheet, figure.cell, figure.raw, figure.unit = read.sheet, read.cell, read.raw, read.unit or ""
    return figure


def _without_repeats(kind, figures):
    """Figures that stand in the workbook once, and lines for those that stand in it again."""
    first, lines, contradicted = {}, [], set()
    for figure in figures:
        key = _key(kind, figure)
        earlier = first.setdefault(key, figure)
        if earlier is figure:
            continue
        where = f"シート「{earlier.sheet}」の{earlier.cell}"
        if earlier.value == figure.value:
            lines.append(_line(kind, Outcome.SKIPPED, figure, reason=f"{where}に同じ数値があります。"))
        else:
            contradicted.add(key)
            reason = f"{where}では{kind.value_words(earlier.value)}です。どちらが正しいか分かりません。一方を消してください。"
            lines.append(_line(kind, Outcome.ERROR, figure, reason=reason))
    for key in contradicted:
        lines.append(_line(kind, Outcome.ERROR, first.pop(key), reason="同じブックに、これと違う数値があります。"))
    return list(first.values()), lines


def _against_stored(kind, figures):
    if not figures:
        return []
    import pandas as pd  # 0.6 s and 60 MB: only when something is imported

    columns = [*_key_columns(kind), "value"]
    read = pd.DataFrame([(*_key(kind, figure), figure.value) for figure in figures], columns=columns)
    rows = kind.model.objects.filter(fiscal_year__in=read["fiscal_year"].unique().tolist())
    stored = pd.DataFrame(
        [
            tuple(0 if part is None else part for part in row)
            for row in rows.values_list(*_key_columns(kind), kind.value_field, "id")
        ],
        columns=[*columns, "id"],
    )
    for frame in (read, stored):
        frame["value"] = frame["value"].astype("Int64")
    stored["id"] = stored["id"].astype("Int64")
    merged = read.merge(stored, how="left", on=_key_columns(kind), suffixes=("", "_stored"), validate="one_to_one")
    return [
        _compared(kind, figure, None if pd.isna(row.id) else (int(row.id), int(row.value_stored)))
        for figure, row in zip(figures, merged.itertuples(), strict=True)
    ]


def _compared(kind, figure, stored):
    if stored is None:
        return _line(kind, Outcome.NEW, figure)
    outcome = Outcome.UNCHANGED if stored[1] == figure.value else Outcome.CHANGED
    return _line(kind, outcome, figure, stored_id=stored[0], before=stored[1])


def _line(kind, outcome, figure, before=None, **fields):
    words = figure.identity, kind.value_words(figure.value), "" if before is None else kind.value_words(before)
    fields |= {"words": words[0], "after_words": words[1], "before_words": words[2]}
    return Line(outcome, figure.sheet, figure.cell, figure.raw, figure=figure, before=before, **fields)


def _key_columns(kind):
    return [kind.model._meta.get_field(name).attname for name in kind.key]


def _key(kind, figure):
    """The key with 0 where it has no office: a null is equal to nothing."""
    return tuple(getattr(figure, column) or (0 if column.endswith("_id") else "") for column in _key_columns(kind))


def _place(cell):
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :] or 0), len(letters), letters
