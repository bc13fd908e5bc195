"""Who may see and keep what in this app. Headquarters keeps programmes and figures; an office adds what is local."""

from regions.access import OFFICES_KEEP, OFFICES_SEE
from sumairu.access import EVERYONE, HEADQUARTERS, Role, Rule, Scope
from sumairu.publishing.models import never_public
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

KEPT_BY_HEADQUARTERS = Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS)
# Headquarters keeps all rows, an office those that are its own.
WITH_LOCAL_ROWS = {Role.OFFICE: Scope.OWN} | HEADQUARTERS

RULES = {
    Program: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS),
    ProgramAlias: KEPT_BY_HEADQUARTERS,
    ProgramEdition: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS, deletable=never_public),
    EligibilityRule: KEPT_BY_HEADQUARTERS,
    EditionAttachment: KEPT_BY_HEADQUARTERS,
    EditionLink: KEPT_BY_HEADQUARTERS,
    DispatchDuty: KEPT_BY_HEADQUARTERS,
    BudgetFigure: KEPT_BY_HEADQUARTERS,
    DispatchFigure: KEPT_BY_HEADQUARTERS,
    LocalNote: Rule(seen_by=EVERYONE, kept_by=WITH_LOCAL_ROWS, owner="subprefecture"),
    ApplicationWindow: Rule(seen_by=EVERYONE, kept_by=WITH_LOCAL_ROWS, owner="subprefecture"),
    ProgramDesk: Rule(seen_by=EVERYONE, kept_by=WITH_LOCAL_ROWS, owner="subprefecture"),
    Dispatch: Rule(seen_by=OFFICES_SEE, kept_by=OFFICES_KEEP, owner="municipality__subprefecture"),
}
