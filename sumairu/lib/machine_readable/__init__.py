"""How machine-readable a file is, by the rules that all ministries decided on 2026-03-31, under their own ids.

行政データにおける機械可読性に関するルール: L1 is a table that a program can open, L2 one that it can calculate with, L3 one
that it understands without a person. `check` looks at what of that can be seen in a file and in what is told beside it;
what cannot (whether zeros are meant, L1-09) it takes from the signs that stand in its place. What is told of the data
(L3-02, L3-07, L3-08) it looks for in the sheet 説明 of a workbook, and of a CSV in its `datapackage.json`, where it is given one.

>>> report = check("町.csv", "団体コード,人口（人）\\r\\n012068,165077\\r\\n".encode("utf-8-sig"))
>>> report.scores, [finding.rule for finding in report.findings]
({'L1': 100, 'L2': 100, 'L3': 100}, [])
>>> report = check("町.csv", "コード,人口,人口\\r\\n012068,\\"165,077人\\",5\\r\\n".encode())
>>> sorted({finding.rule for finding in report.findings})
['L1-07', 'L2-03', 'L3-04']

Each rule that a file breaks costs 10 of the 100 of its level; one that no program opens (L1-01) has 0 everywhere. The
Digital Agency's own checker has deductions of its own; where nothing is broken both say 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sumairu.lib.machine_readable.beside import RULES_OF_WHAT_IS_TOLD, Before, same_columns, told_of
from sumairu.lib.machine_readable.reading import Unreadable, tables_in
from sumairu.lib.machine_readable.rules import RULES, Finding

LEVELS = ("L1", "L2", "L3")
DEDUCTION = 10


@dataclass(frozen=True)
class Report:
    name: str
    findings: list[Finding]
    is_fatal: bool = False

    @property
    def scores(self) -> dict[str, int]:
        if self.is_fatal:
            return dict.fromkeys(LEVELS, 0)
        broken = {finding.rule for finding in self.findings}
        return {level: max(0, 100 - DEDUCTION * sum(rule.startswith(level) for rule in broken)) for level in LEVELS}

    @property
    def is_perfect(self) -> bool:
        return not self.findings


def check(name: str, content: bytes, package: Mapping[str, Any] | None = None, before: Before | None = None) -> Report:
    """What breaks a rule in a file called `name`, CSV or xlsx.

    `package` is the `datapackage.json` of a CSV, `before` the columns that the same file had before.
    """
    try:
        tables = tables_in(name, content)
    except Unreadable as error:
        return Report(name, [Finding("L1-01", "", str(error))], is_fatal=True)
    findings = [finding for table in tables for rule in RULES for finding in rule(table)]
    told = None if tables[0].is_csv and package is None else told_of(tables, package)
    if told:
        findings += [finding for rule in RULES_OF_WHAT_IS_TOLD for finding in rule(tables[0], told)]
        findings += same_columns(told, before) if before else []
    elif not tables[0].is_csv:
        findings.append(Finding("L3-08", "", "「説明」シートがありません。"))
    return Report(name, findings)
