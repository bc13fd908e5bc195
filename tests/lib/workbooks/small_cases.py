"""The cases of `small/`, and how a reading is held against what a careful person reads (its README has the rules)."""

import json
from pathlib import Path

from sumairu.lib.widths import half_width
from sumairu.lib.workbooks import Refused, read_workbook

FOLDER = Path(__file__).parent / "small"
CASES = json.loads((FOLDER / "cases.json").read_text())

RIGHT, MISSING, WRONG = "right", "missing", "wrong"
_WORST_FIRST = (WRONG, MISSING, RIGHT)


def plain(text):
    """A text as texts are compared: without spaces and in one width."""
    return "".join(half_width(text).replace("〜", "~").split())


def verdicts(case):
    """`{"B3": "right"}`: how each expected cell was read; under "" what holds for the file, under others what was made up."""
    path = FOLDER / case["file"]
    try:
        reading = read_workbook(path.read_bytes(), path.name)
    except Refused as refusal:
        return {"": _of_refusal(case, str(refusal))}
    if case.get("refused"):
        return {"": WRONG}
    return _of_reading(case, reading)


def _of_refusal(case, message):
    if not (case.get("refused") or case.get("may_refuse")):
        return MISSING
    has = all(text in message for text in case.get("message_has", []))
    return RIGHT if has and not any(text in message for text in case.get("message_not", [])) else MISSING


def _of_reading(case, reading):
    figures = {each.cell: each for each in reading.figures if each.sheet == case["sheet"]}
    reasons = {each.cell: each.reason for each in (*reading.skipped, *reading.problems) if each.sheet == case["sheet"]}
    problems = {each.cell for each in reading.problems if each.sheet == case["sheet"]}
    remarked = {each.cell.rstrip("0123456789") for each in reading.remarks if each.sheet == case["sheet"]}
    found = {}
    for entry in case["expect"]:
        cell = entry["cell"]
        ways = [entry, *entry.get("or", [])]
        judged = [_judged(way, cell, figures.get(cell), reasons.get(cell), problems, remarked) for way in ways]
        found[cell] = max(judged, key=_WORST_FIRST.index)
    found |= {cell: WRONG for cell, figure in figures.items() if cell not in found and figure.value is not None}
    found |= {cell: MISSING for cell in figures if cell not in found}
    if case.get("no_remark") and reading.remarks:
        found[""] = MISSING
    return found


def _judged(way, cell, figure, reason, problems, remarked):
    has_value = figure is not None and figure.value is not None
    if way["is"] == "told":
        is_told = reason is not None and any(text in reason for text in way.get("reason_has", [""]))
        return WRONG if has_value else RIGHT if is_told else MISSING
    if way["is"] == "not_figure":
        is_clean = figure is None and not (way.get("no_problem") and cell in problems)
        return WRONG if has_value else RIGHT if is_clean else MISSING
    if figure is None:
        return MISSING
    stated = [_stated(way, "value", _number(figure.value)), _stated(way, "unit", figure.unit)]
    stated += [_stated(way, "stage", figure.stage), _stated(way, "code", figure.code)]
    years = [_stated(way, "fiscal_year", year) for year in {figure.fiscal_year, calendar_year(figure)}]
    stated.append(min(years, key=_WORST_FIRST.index) if WRONG in years else max(years, key=_WORST_FIRST.index))
    stated.append(_texts(figure.label, way.get("label_has", "").split(), way.get("label_not", [])))
    stated.append(_texts(" ".join(figure.column), way.get("column_has", []), way.get("column_not", [])))
    if way.get("remark") and cell.rstrip("0123456789") not in remarked:
        stated.append(WRONG)
    worst = min(stated, key=_WORST_FIRST.index)
    return MISSING if worst == WRONG and not has_value else worst


def calendar_year(figure):
    return getattr(figure, "calendar_year", None)


def _number(value):
    return None if value is None else float(value)


def _stated(way, key, read):
    """Is what was read what the file states? What is not read is missing, what is read and not stated is wrong."""
    if f"{key}_in" in way:
        right = way[f"{key}_in"]
    elif key in way:
        right = [way[key]]
    else:
        return RIGHT
    if read in right:
        return RIGHT
    return MISSING if read is None else WRONG


def _texts(text, has, has_not):
    text = plain(text)
    is_right = all(plain(each) in text for each in has) and not any(plain(each) in text for each in has_not)
    return RIGHT if is_right else WRONG
