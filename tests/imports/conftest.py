import pytest

from sumairu.imports.kinds import kinds
from tests.factories import make_edition, make_program


@pytest.fixture
def budget():
    return kinds()["budget"]


@pytest.fixture
def kofukin():
    """The programme of the seed's budget, public through an edition."""
    program = make_program(slug="chiiki-zukuri-kofukin", official_name="地域づくり総合交付金")
    make_edition(program=program)
    return program
