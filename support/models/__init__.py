from support.models.beside import EditionAttachment, EditionLink
from support.models.eligibility import EligibilityRule, eligibility_facts, known_of
from support.models.financial import BudgetFigure
from support.models.human import Dispatch, DispatchDuty, DispatchFigure
from support.models.local import LocalNote, ProgramDesk
from support.models.programs import Pillar, Program, ProgramAlias, ProgramEdition
from support.models.windows import ApplicationWindow, GivenCall

__all__ = [
    "ApplicationWindow",
    "BudgetFigure",
    "Dispatch",
    "DispatchDuty",
    "DispatchFigure",
    "EditionAttachment",
    "EditionLink",
    "EligibilityRule",
    "GivenCall",
    "LocalNote",
    "Pillar",
    "Program",
    "ProgramAlias",
    "ProgramDesk",
    "ProgramEdition",
    "eligibility_facts",
    "known_of",
]
