"""Which records of this app have versions, and which rows lie beneath them."""

from sumairu.imports.versions import FIGURES_HAVE_THEIR_OWN
from support.models import (
    ApplicationWindow,
    BudgetFigure,
    Dispatch,
    DispatchDuty,
    DispatchFigure,
    EditionAttachment,
    EditionLink,
    EligibilityRule,
    LocalNote,
    Program,
    ProgramAlias,
    ProgramDesk,
    ProgramEdition,
)

TRACKED = {
    Program: (ProgramAlias, ProgramDesk),
    ProgramEdition: (EligibilityRule, ApplicationWindow, LocalNote, EditionAttachment, EditionLink),
    Dispatch: (),
    DispatchDuty: (),
}
UNTRACKED = {BudgetFigure: FIGURES_HAVE_THEIR_OWN, DispatchFigure: FIGURES_HAVE_THEIR_OWN}
