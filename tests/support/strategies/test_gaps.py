"""A gap coming is seen where the work is: on the start page, on the page of gaps, and in its file. 記録がない is not 策定していない."""

from datetime import date

import pytest

from regions.models import Municipality
from support.strategies.gaps import gaps, is_unrecorded, unrecorded_towns
from support.strategies.models import State
from tests.factories import make_editor, make_headquarters_editor, make_municipality, make_stranger, make_strategy

pytestmark = pytest.mark.django_db

ON = date(2024, 11, 1)
GAPS = "/admin/support_strategies/townstrategy/gaps/"


@pytest.fixture(autouse=True)
def towns(monkeypatch):
    """On a day of 2024: 根室市's ends, 別海町's has ended, 釧路市's ends and is followed; nothing is known of the others."""
    for module in ("support.strategies.models.towns", "sumairu.admin.site"):
        monkeypatch.setattr(f"{module}.localdate", lambda: ON)
    for name in ("釧路市", "厚岸町", "根室市", "別海町", "羅臼町"):
        make_municipality(name)
    make_strategy(municipality=make_municipality("根室市"), title="根室の戦略")
    make_strategy(municipality=make_municipality("別海町"), title="別海の戦略", last_year=2023)
    make_strategy(municipality=make_municipality("釧路市"))
    make_strategy(municipality=make_municipality("釧路市"), first_year=2025, last_year=2029, status="draft")
    make_strategy(municipality=make_municipality("羅臼町"), status="ended")


def test_towns_without_a_record_are_those_that_say_so():
    make_municipality("帯広市", northern_territory=True)
    assert set(unrecorded_towns()) == {town for town in Municipality.objects.all() if is_unrecorded(town)}
    assert [town.name for town in unrecorded_towns()] == ["厚岸町", "羅臼町"]


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda: make_editor("nemuro"), {"根室市": "ENDING", "別海町": "ENDED", "羅臼町": "UNRECORDED"}),
        (lambda: make_editor("kushiro"), {"厚岸町": "UNRECORDED"}),
        (
            make_headquarters_editor,
            {"厚岸町": "UNRECORDED", "根室市": "ENDING", "別海町": "ENDED", "羅臼町": "UNRECORDED"},
        ),
        (make_stranger, {}),
    ],
    ids=["nemuro", "kushiro", "headquarters", "stranger"],
)
def test_everybody_sees_those_of_the_towns_they_keep(make, found):
    assert {gap.town.name: gap.state.name for gap in gaps(make(), ON)} == found


def test_each_is_told_in_other_words(client):
    client.force_login(make_editor("nemuro"))
    start = client.get("/admin/").content.decode()
    assert "根室の戦略" in start
    assert "あと150日" in start
    assert "2025年3月31日（月）まで" in start
    assert "別海の戦略" in start
    assert "2024年3月31日（日）に終わりました" in start
    assert "根室振興局管内の1市町村" in start
    assert "策定していないとは限りません" in start
    assert "厚岸町" not in start


def test_headquarters_has_them_by_office_and_as_a_file(client):
    client.force_login(make_headquarters_editor())
    assert "釧路総合振興局管内の1市町村" in client.get("/admin/").content.decode()
    html = client.get(f"{GAPS}?office=nemuro").content.decode()
    assert [word in html for word in ("根室の戦略", "別海の戦略", "羅臼町", "厚岸町")] == [True, True, True, False]
    text = b"".join(client.get(f"{GAPS}?format=csv&table=strategy-gaps")).decode()
    lines = text.splitlines()
    assert len(lines) == 5
    assert any("根室市" in line and State.ENDING.note in line and "2025-03-31" in line for line in lines)
    assert any("羅臼町" in line and "記録なし" in line and "策定していないとは限りません" in line for line in lines)


def test_others_have_no_such_page(client):
    client.force_login(make_stranger())
    assert client.get(GAPS).status_code == 302
    client.force_login(make_editor("kushiro"))
    assert "根室の戦略" not in client.get(GAPS).content.decode()
