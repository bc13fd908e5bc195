from regions.models.desks import Desk
from regions.models.initiatives import Initiative, InitiativeAttachment, InitiativeLink, RegionalPolicy, Theme
from regions.models.places import CooperationRegion, Fact, MunicipalFact, Municipality, Subprefecture
from regions.models.staff import StaffAssignment

__all__ = [
    "CooperationRegion",
    "Desk",
    "Fact",
    "Initiative",
    "InitiativeAttachment",
    "InitiativeLink",
    "MunicipalFact",
    "Municipality",
    "RegionalPolicy",
    "StaffAssignment",
    "Subprefecture",
    "Theme",
]
