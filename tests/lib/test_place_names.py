import csv
from pathlib import Path

import pytest

from sumairu.lib.place_names import Asked, Place, is_office, named, sound

FACTS = Path(__file__).parents[2] / "fixtures" / "facts"
with (FACTS / "municipalities.csv").open() as rows:
    TOWNS = {
        row["code6"]: (row, Place(row["name"], row["kana"], row["romaji"], row["code6"], row["county"]))
        for row in csv.DictReader(rows)
        if row["northern_territory"] == "0"
    }
with (FACTS / "subprefectures.csv").open() as rows:
    OFFICES = [(row["short_name"], row["slug"], row["name"]) for row in csv.DictReader(rows)]
PLACES = {code: place for code, (_, place) in TOWNS.items()}


def names(text):
    return {PLACES[code].name for code in named(PLACES, Asked(text))}


@pytest.mark.parametrize("code", TOWNS)
def test_each_town_is_found_by_all_that_it_is_called(code):
    row, place = TOWNS[code]
    kana, romaji = row["kana"], row["romaji"]
    spelled = [row["name"][:-1], kana, kana.replace("っ", "つ"), romaji, romaji.replace("nb", "mb").upper()]
    assert all(place.name in names(text) for text in spelled)
    exact = [row["name"], row["county"] + row["name"], f"北海道 {row['name']}", code, code[:5], code[1:], code[1:5]]
    assert all(names(text) == {place.name} for text in exact)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("べっかい", {"別海町"}),
        ("oshamambe", {"長万部町"}),
        ("Kushiro-shi", {"釧路市"}),
        ("kushiro town", {"釧路町"}),
        ("くしろ", {"釧路市", "釧路町"}),
        ("Shibetsu", {"士別市", "標津町"}),
        ("しべつちょう", {"標津町"}),
        ("Esashi-cho", {"江差町", "枝幸町"}),
        ("とうべつ", {"当別町"}),
        ("tōbetsu", {"当別町"}),
        ("石狩", {"石狩市"}),
        ("石狩郡", {"当別町", "新篠津村"}),
        ("泊村役場", {"泊村"}),
        ("01-223", {"根室市"}),
        ("012237", set()),
        ("北海道", set()),
        ("東京", set()),
        ("q", set()),
    ],
)
def test_what_people_type_is_understood_and_never_guessed(text, found):
    assert names(text) == found


@pytest.mark.parametrize(("short_name", "slug", "name"), OFFICES, ids=[slug for _, slug, _ in OFFICES])
def test_each_office_is_found_by_name_and_sound(short_name, slug, name):
    for text in (name, short_name, slug.upper(), f"{short_name}管内", f"{short_name}支庁"):
        found = [other for other, other_slug, _ in OFFICES if is_office(Asked(text), other, other_slug)]
        assert found == [short_name]


@pytest.mark.parametrize("text", ["", "釧路", "kushiro市", "x", "bkz"])
def test_what_cannot_be_spoken_has_no_sound(text):
    assert sound(text) == ""
