"""How machine-readable a file is, by the rules that all ministries decided on 2026-03-31, under their own ids.

行政データにおける機械可読性に関するルール: L1 is a table that a program can open, L2 one that it can calculate with, L3 one
that it understands without a person. `check` looks at what of that can be seen in a file and in what is told beside it;
what cannot (whether zeros are meant, L1-09) it takes from the signs that stand in its place.

>>> report = check("町.csv", "団体コード,人口（人）\\r\\n012068,165077\\r\\n".encode("utf-8-sig"))
>>> report.scores, [finding.rule for finding in report.findings]
({'L1': 100, 'L2': 100, 'L3': 100}, [])
>>> report = check("町.csv", "コード,人口,人口\\r\\n012068,\\"165,077人\\",5\\r\\n".encode())
>>> sorted({finding.rule for finding in report.findings})
['L1-07', 'L2-03', 'L3-04']

Each rule that a file breaks costs 10 of the 100 of its level; one that no program opens (L1-01) has 0 everywhere. The
Digital Agency's own checker has deductions of its own; where nothing is broken both say 100.
"""

from dataclasses import dataclass

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


def check(name: str, content: bytes) -> Report:
    """What breaks a rule in a file called `name`, CSV or xlsx."""
    try:
        tables = tables_in(name, content)
    except Unreadable as error:
        return Report(name, [Finding("L1-01", "", str(error))], is_fatal=True)
    return Report(name, [finding for table in tables for rule in RULES for finding in rule(table)])
