from support.models.financial import BudgetFigure
from support.models.human import Dispatch, DispatchDuty, DispatchFigure
from support.models.programs import (
    ApplicationWindow,
    EditionAttachment,
    EligibilityRule,
    LocalNote,
    Pillar,
    Program,
    ProgramAlias,
    ProgramDesk,
    ProgramEdition,
    eligibility_facts,
)

__all__ = [
    "ApplicationWindow",
    "BudgetFigure",
    "Dispatch",
    "DispatchDuty",
    "DispatchFigure",
    "EditionAttachment",
    "EligibilityRule",
    "LocalNote",
    "Pillar",
    "Program",
    "ProgramAlias",
    "ProgramDesk",
    "ProgramEdition",
    "eligibility_facts",
]
