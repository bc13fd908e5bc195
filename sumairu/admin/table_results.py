"""What a table does or why it cannot, row by row under the numbers that Excel shows, for the preview to tell."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from import_export.results import Result

from sumairu.lib.written_workbook import written_workbook

LINE, REASONS = "もとの行", "取り込めない理由"  # the columns of what is given back; passed over when it comes in again
AROUND = 60  # letters shown on either side of what changed in a long text


@dataclass(frozen=True)
class Fault:
    line: int
    name: str  # of the record: what stands in the columns by which a row finds it
    reasons: list[str]
    values: tuple


@dataclass(frozen=True)
class Outcome:
    """A row that can be saved: `changes` are (title, old, new) of the columns that differ; old is empty where it is new."""

    line: int
    name: str
    is_new: bool
    changes: list[tuple]
    last_change: object = None  # the version by which somebody changed the record last


class TableResult(Result):
    """A result that knows its table. Filled by `tell` after the last row."""

    def __init__(self):
        super().__init__()
        self.faults, self.outcomes, self.headers = [], [], []

    def tell(self, resource, dataset):
        titles = [field.column_name for field in resource.get_import_fields()]
        self.headers = dataset.headers
        for number, (row, values) in enumerate(zip(self.rows, dataset, strict=True)):
            line = line_of(dataset, number)
            name = record_name(resource, dict(zip(dataset.headers, values, strict=True)))
            if row.is_valid():
                changes = [(title, *change) for title, change in zip(titles, row.diff or [], strict=False) if change]
                if not row.is_skip():
                    self.outcomes.append(Outcome(line, name, row.is_new(), changes))
            else:
                self.faults.append(Fault(line, name, list(_reasons(resource, row)), values))

    def rejected(self):
        """A workbook of the rows that cannot be taken, with the reasons beside each."""
        rows = [(fault.line, *fault.values, "\n".join(fault.reasons)) for fault in self.faults]
        return written_workbook({"直す行": [(LINE, *self.headers, REASONS), *rows]})


def line_of(dataset, number):
    """The row of the file that the `number`-th record (from 0) stands in."""
    return getattr(dataset, "lines", range(2, len(dataset) + 2))[number]


def record_name(resource, row):
    columns = [resource.fields[name].column_name for name in resource._meta.import_id_fields]
    return " ".join(filter(None, (str(row.get(column) or "").strip() for column in columns)))


def narrowed(old, new):
    """Two texts without the lines, or in a long line the letters, that are alike before and after their difference."""
    if isinstance(old, str) and isinstance(new, str) and "\n" in old and "\n" in new:
        return _narrowed_lines(old.splitlines(), new.splitlines())
    if not (isinstance(old, str) and isinstance(new, str)) or max(len(old), len(new)) < 4 * AROUND:
        return old, new
    before, after = _alike(old, new)
    start, left = max(0, before - AROUND), max(0, after - AROUND)
    return tuple(f"{'…' if start else ''}{text[start : len(text) - left]}{'…' if left else ''}" for text in (old, new))


def _alike(old, new):
    """How much two texts, or lists of lines, have in common at their beginning, and in what is left at their end."""
    shorter = min(len(old), len(new))
    before = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    after = next((place for place in range(shorter - before) if old[-1 - place] != new[-1 - place]), shorter - before)
    return before, after


def _narrowed_lines(old, new):
    before, after = _alike(old, new)
    first, last = ["…"] if before else [], ["…"] if after else []
    return tuple("\n".join([*first, *lines[before : len(lines) - after], *last]) for lines in (old, new))


def _reasons(resource, row):
    for error in row.errors:
        known = isinstance(error.error, ValueError)
        yield str(error.error) if known else "保存できない行です。ほかの行や記録と重なっていないかを確かめてください。"
    if row.validation_error is None:
        return
    error = row.validation_error
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for name, errors in by_field.items():
        is_empty = any(error.code in ("null", "blank", "required") for error in errors)
        for sentence in ["空欄です。入れてください。"] if is_empty else ValidationError(errors).messages:
            yield sentence if name == NON_FIELD_ERRORS else f"{_title(resource, name)}：{sentence}"


def _title(resource, name):
    """What people call a field: the title of its column, else its name in the forms."""
    if name in resource.fields:
        return resource.fields[name].column_name
    try:
        return resource._meta.model._meta.get_field(name).verbose_name
    except FieldDoesNotExist:
        return name


def refuse_twins(resource, dataset):
    """`{number of a record: sentence}` for each row whose record stands in a row above it too: one would undo the other."""
    seen, twins = {}, {}
    for number, row in enumerate(dataset.dict):
        name = record_name(resource, row)
        if name and name in seen:
            twins[number] = f"{line_of(dataset, seen[name])}行目にも「{name}」があります。どちらかを消してください。"
        elif name:
            seen[name] = number
    return twins


def same_text(one, other):
    """Are two texts alike but for how lines end and for spaces at their ends?"""
    return isinstance(one, str) and isinstance(other, str) and trimmed(one) == trimmed(other)


def trimmed(text):
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).rstrip()
