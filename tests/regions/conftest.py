import pytest

from regions.models import CooperationRegion, Municipality, Subprefecture
from sumairu.loading.facts import cooperation_regions, municipalities, subprefectures, update


@pytest.fixture
def all_towns(db):
    """The 14 offices, the 179 municipalities and the six villages of the northern territories."""
    update(CooperationRegion, ["slug"], cooperation_regions())
    update(Subprefecture, ["slug"], subprefectures())
    update(Municipality, ["code"], municipalities())
