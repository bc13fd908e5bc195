from regions.models.desks import Desk
from regions.models.indicators import Indicator, IndicatorFigure, ever_had_figures
from regions.models.initiatives import (
    Initiative,
    InitiativeAttachment,
    InitiativeLink,
    RegionalPolicy,
    Theme,
    public_years,
    themed,
)
from regions.models.pictures import InitiativePicture
from regions.models.places import CooperationRegion, Fact, MunicipalFact, Municipality, MunicipalityAlias, Subprefecture
from regions.models.staff import LAST_ADMINISTRATOR, StaffAssignment

__all__ = [
    "LAST_ADMINISTRATOR",
    "CooperationRegion",
    "Desk",
    "Fact",
    "Indicator",
    "IndicatorFigure",
    "Initiative",
    "InitiativeAttachment",
    "InitiativeLink",
    "InitiativePicture",
    "MunicipalFact",
    "Municipality",
    "MunicipalityAlias",
    "RegionalPolicy",
    "StaffAssignment",
    "Subprefecture",
    "Theme",
    "ever_had_figures",
    "public_years",
    "themed",
]
