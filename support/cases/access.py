"""Who may see and keep cases: headquarters all of them, an office those of its own towns."""

from regions.access import OFFICES_SEE
from sumairu.access import Rule
from sumairu.publishing.models import never_public
from support.access import WITH_LOCAL_ROWS
from support.cases.models import Case, CaseAttachment, CaseFigure, CaseLink, CasePicture

BESIDE = Rule(seen_by=OFFICES_SEE, kept_by=WITH_LOCAL_ROWS, owner="case__subprefecture")
RULES = {
    Case: Rule(seen_by=OFFICES_SEE, kept_by=WITH_LOCAL_ROWS, owner="subprefecture", deletable=never_public),
    **dict.fromkeys((CaseFigure, CaseLink, CaseAttachment, CasePicture), BESIDE),
}
