"""A town's strategy: its period on a day, its aims beside what serves them, and how far its indicators have come."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import ValidationError

from support.strategies.models import State, StrategyIndicator, TownStrategy
from tests.costs import page, queries_of
from tests.factories import (
    make_aim,
    make_edition,
    make_fact,
    make_frame,
    make_initiative,
    make_municipal_fact,
    make_municipality,
    make_program,
    make_rule,
    make_strategy,
    make_strategy_indicator,
    make_theme,
)

pytestmark = pytest.mark.django_db

DAYS = [date(2020, 3, 31), date(2020, 4, 1), date(2024, 3, 31), date(2024, 4, 1), date(2025, 3, 31), date(2025, 4, 1)]
RULES = {
    "in_force": lambda row, on: row.is_in_force(on),
    "ending": lambda row, on: row.is_ending(on),
    "run_out": lambda row, on: row.has_run_out(on),
}


def of_every_sort():
    """Strategies of 2020 to 2024 with nothing after them, and with each thing that may stand after them."""
    alone, withdrawn = make_strategy(municipality=make_municipality("釧路市")), make_municipality("帯広市")
    make_strategy(municipality=withdrawn), make_strategy(municipality=withdrawn, last_year=2029, status="ended")
    for town, kw in (("厚岸町", {"status": "draft"}), ("根室市", {"is_sample": True})):
        make_strategy(municipality=make_municipality(town))
        make_strategy(municipality=make_municipality(town), first_year=2025, last_year=2029, **kw)
    make_strategy(municipality=make_municipality("別海町"), is_sample=True)
    make_strategy(municipality=make_municipality("別海町"), first_year=2025, last_year=2029)
    return alone


@pytest.mark.parametrize("rule", RULES)
def test_rows_found_are_those_that_say_so(rule):
    of_every_sort()
    for on in DAYS:
        found = set(getattr(TownStrategy.objects, rule)(on))
        assert found == {row for row in TownStrategy.objects.all() if RULES[rule](row, on)}, on


def test_it_ends_within_a_year_in_its_last_fiscal_year_unless_the_next_is_on_record():
    alone = of_every_sort()
    ending = {str(row.municipality) for row in TownStrategy.objects.ending(date(2024, 4, 1))}
    assert ending == {"釧路市", "帯広市", "根室市"}  # a sample and what was withdrawn follow nothing
    assert not TownStrategy.objects.ending(date(2024, 3, 31)).exists()
    assert alone in TownStrategy.objects.run_out(date(2025, 4, 1))


def test_a_state_is_a_word_of_the_day():
    strategy = make_strategy()
    said = [strategy.state(on, is_followed=False) for on in DAYS]
    assert said == [State.AHEAD, State.UNDER_WAY, State.UNDER_WAY, State.ENDING, State.ENDING, State.ENDED]
    assert strategy.state(date(2024, 4, 1), is_followed=True) == State.UNDER_WAY


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"last_year": 2019}, "最初の年度より前"),
        ({"key": "hokkaido"}, "北海道の戦略のページ"),
        ({"page_url": "http://example.jp/"}, "https://"),
    ],
)
def test_what_cannot_be_is_refused_in_words(fields, told):
    strategy = make_strategy(status="draft")
    for name, value in fields.items():
        setattr(strategy, name, value)
    with pytest.raises(ValidationError, match=told):
        strategy.full_clean()


def test_what_came_before_is_of_the_same_town_and_ended_before():
    strategy = make_strategy(first_year=2025, last_year=2029)
    for other in (make_strategy(municipality=make_municipality("根室市")), make_strategy(last_year=2029)):
        strategy.predecessor = other
        with pytest.raises(ValidationError, match="先に終わる"):
            strategy.full_clean()
    strategy.predecessor = make_strategy()
    strategy.full_clean()


def test_a_key_is_given_once():
    first = make_strategy()
    first.delete() if not first.was_public() else TownStrategy.objects.filter(pk=first.pk).update(status="ended")
    assert (first.key, make_strategy().key) == ("012068-2020", "012068-2020-2")


def test_a_newest_value_has_its_day():
    with pytest.raises(ValidationError, match="いつの値か"):
        StrategyIndicator(strategy=make_strategy(), name="人", newest_value=Decimal(1)).full_clean()


def test_progress_says_what_is_known_and_what_is_not(client):
    strategy = make_strategy()
    make_aim(strategy)
    known = {"base_value": "120", "base_year": 2019, "target_value": "150", "target_year": 2024}
    make_strategy_indicator(strategy, newest_value="138.5", newest_on=date(2024, 3, 31), **known)
    make_strategy_indicator(strategy, name="移り住んだ人", target_value="10")
    make_strategy_indicator(strategy, name="就いた人", aim_number=3, newest_value="0", newest_on=date(2024, 3, 31))
    make_strategy_indicator(strategy, name="人口", aim_number=0)
    html = page(client, strategy.get_absolute_url())
    assert "最新の値は138.5人（2024年3月31日）で、道のりの61％です。" in html
    assert "目標値は10人です。基準値・最新の値の記録がないため、どこまで進んだかは分かりません。" in html
    assert "最新の値は0人（2024年3月31日）です。" in html
    assert "基本目標3（本文の記録なし）" in html
    assert "戦略全体の数値目標" in html
    assert "基準値・目標値・最新の値の記録がありません。" in html


def served():
    """A town whose aim has a theme, and programmes and initiatives of that theme: for it, and not for it."""
    town, theme = make_municipality("釧路市"), make_theme()
    strategy = make_strategy(municipality=town, title="みんなの戦略")
    make_aim(strategy, text="海の仕事をつくる").themes.add(theme)
    make_municipal_fact(municipality=town)
    for name, people in (("使える制度", "50000"), ("対象外の制度", "10000")):
        edition = make_edition(program=make_program(official_name=name))
        make_rule(edition=edition, fact=make_fact(), operator="lt", value=people)
        edition.program.themes.add(theme)
    make_edition(program=make_program(official_name="ほかの分野の制度"))
    make_initiative(title="管内の取組").themes.add(theme)
    make_initiative(title="期間より前の取組", fiscal_year=2019).themes.add(theme)
    make_initiative(title="根室の取組", subprefecture=make_municipality("根室市").subprefecture).themes.add(theme)
    return strategy


@pytest.mark.parametrize("address", ["/strategies/012068-2020/", "/municipalities/012068/"])
def test_aims_stand_beside_what_serves_them(client, address):
    served()
    html = page(client, address)
    block = html[html.index("海の仕事をつくる") :]
    block = block[: block.index("</section>")]
    assert [name in block for name in ("使える制度", "管内の取組")] == [True, True]
    left_out = ("対象外の制度", "ほかの分野の制度", "期間より前の取組", "根室の取組")
    assert [name for name in left_out if name in block] == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("address", ["/strategies/012068-2020/", "/municipalities/012068/", "/strategies/"])
def test_it_costs_as_many_queries_for_many_rows(client, address):
    strategy = served()
    make_strategy_indicator(strategy), make_strategy(municipality=make_municipality("根室市"))
    one = queries_of(client, address)
    for number in range(2, 7):
        make_aim(strategy, number=number).themes.add(make_theme())
        make_strategy_indicator(strategy, aim_number=number)
        make_strategy(municipality=make_municipality("厚岸町"), last_year=2024 + number)
        make_initiative().themes.add(make_theme())
    assert queries_of(client, address) == one


def test_a_draft_that_follows_is_not_told_to_the_public(client, monkeypatch):
    monkeypatch.setattr("support.strategies.models.towns.localdate", lambda: date(2024, 11, 1))
    strategy = make_strategy()
    make_strategy(first_year=2025, last_year=2029, status="draft", title="まだの戦略")
    for address in (strategy.get_absolute_url(), "/strategies/?office=kushiro"):
        html = page(client, address)
        assert "まもなく終わる" in html
        assert "まだの戦略" not in html


def test_the_list_says_how_each_town_stands_in_words(client, monkeypatch):
    monkeypatch.setattr("support.strategies.models.towns.localdate", lambda: date(2024, 11, 1))
    make_strategy(municipality=make_municipality("釧路市"))
    make_strategy(municipality=make_municipality("厚岸町"), last_year=2023)
    make_strategy(municipality=make_municipality("根室市"), last_year=2026)
    make_municipality("羅臼町")
    said = {row["市町村"]: row["様子"] for row in rows(client, "/strategies/?format=csv&table=strategy-towns")}
    assert said == {"釧路市": "まもなく終わる", "厚岸町": "終わった", "根室市": "期間中", "羅臼町": "記録なし"}
    html = page(client, "/strategies/?state=unrecorded")
    assert "羅臼町" in html
    assert "策定していないとは限りません" in html
    narrowed = rows(client, "/strategies/?format=csv&table=strategy-towns&office=nemuro&state=under-way")
    assert [row["市町村"] for row in narrowed] == ["根室市"]


def rows(client, address):
    return list(csv.DictReader(StringIO(b"".join(client.get(address)).decode("utf-8-sig"))))


def test_the_frame_has_its_three_directions_where_that_was_read(client):
    program = make_edition(program=make_program(official_name="交付金の制度"), source="ある資料").program
    program.themes.add(make_theme())
    make_initiative(title="期間の取組").themes.add(make_theme())
    make_initiative(title="あとの取組", fiscal_year=2025).themes.add(make_theme())
    second = make_frame(slug="dai2ki", has_support=True, first_year=2020, last_year=2024)
    make_frame(slug="dai3ki", predecessor=second)
    html = page(client, "/strategies/hokkaido/dai2ki/")
    assert [word in html for word in ("財政的支援", "情報支援", "人的支援")] == [True] * 3
    assert [word in html for word in ("交付金の制度", "ある資料", "期間の取組", "あとの取組")] == [
        True,
        True,
        True,
        False,
    ]
    other = page(client, "/strategies/hokkaido/dai3ki/")
    assert "読んだ資料からは分かりません" in other
    assert "交付金の制度" not in other
