"""Which records of this app have versions, and which rows lie beneath them."""

from regions.models import (
    CooperationRegion,
    Desk,
    Fact,
    Indicator,
    IndicatorFigure,
    Initiative,
    InitiativeAttachment,
    InitiativeLink,
    InitiativePicture,
    MunicipalFact,
    Municipality,
    MunicipalityAlias,
    RegionalPolicy,
    StaffAssignment,
    Subprefecture,
    Theme,
)
from sumairu.accounts.models import User
from sumairu.imports.versions import FIGURES_HAVE_THEIR_OWN

TRACKED = {
    CooperationRegion: (),
    Subprefecture: (),
    Municipality: (MunicipalFact,),
    MunicipalityAlias: (),
    Fact: (),
    Indicator: (),
    Theme: (),
    RegionalPolicy: (),
    Initiative: (InitiativeLink, InitiativeAttachment, InitiativePicture),
    Desk: (),
    User: (StaffAssignment,),  # where somebody is posted is part of who they are here
}
UNTRACKED = {IndicatorFigure: FIGURES_HAVE_THEIR_OWN}
