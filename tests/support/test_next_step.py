"""The one next step, as a table: what a programme is on the day, what stands beside it, and what its button says."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from regions.models import Fact
from sumairu.lib.wareki import fiscal_year_on
from support.models import Program
from support.models.programs import Use
from support.next_step import next_step
from support.standing import standing_of
from tests.costs import page, queries_of
from tests.factories import (
    make_attachment,
    make_desk,
    make_edition,
    make_municipality,
    make_program,
    make_program_desk,
    make_rule,
    make_subprefecture,
    make_window,
)

pytestmark = pytest.mark.django_db

TODAY = date(2021, 5, 10)
OPEN = {"opens_on": date(2021, 5, 1), "closes_on": date(2021, 5, 31)}
SOON = {"opens_on": date(2021, 5, 20), "closes_on": date(2021, 5, 31)}
OVER = {"opens_on": date(2021, 4, 1), "closes_on": date(2021, 5, 1)}
ONLINE = {"apply_url": "https://apply.example.jp/a?b=1"}


def made(use=Use.APPLY, window=None, forms=(), link=None, desk=True, **edition):
    program = make_program(slug="kofukin", use=use, desk=make_desk() if desk else None)
    edition = make_edition(program=program, **edition)
    if window:
        make_window(edition=edition, **window)
    for title in forms:
        row = make_attachment(edition, title)
        row.purpose = row.Purpose.FORM
        row.save()
    if link:
        edition.links.create(title="案内", url=link)
    return program


@pytest.mark.parametrize(
    ("is_so", "label", "leads_to"),
    [
        pytest.param({"window": OPEN} | ONLINE, "電子申請へ", ONLINE["apply_url"], id="open, online"),
        pytest.param(
            {"window": OPEN, "forms": "あ"} | ONLINE, "電子申請へ", ONLINE["apply_url"], id="online before forms"
        ),
        pytest.param({"window": OPEN, "forms": "あ"}, "様式をもらう", "/files/", id="open, one form"),
        pytest.param(
            {"window": OPEN, "forms": "あい"}, "様式をもらう", "/programs/kofukin/#files", id="open, two forms"
        ),
        pytest.param({"window": OPEN}, "窓口に相談する", "/programs/kofukin/#desk", id="open, neither"),
        pytest.param({"window": OPEN, "desk": False}, "振興局に聞く", "/regions/", id="open, no desk"),
        pytest.param({"window": SOON} | ONLINE, "5月20日（木）の受付開始を待つ", "#calls", id="opens soon"),
        pytest.param({"window": OVER} | ONLINE, "次の受付を窓口に聞く", "#desk", id="over"),
        pytest.param(ONLINE, "受付期間を窓口に聞く", "#desk", id="no call known"),
        pytest.param({"fiscal_year": 2020} | ONLINE, "今年度のことを窓口に聞く", "#desk", id="not known to hold"),
        pytest.param({"fiscal_year": 2022}, "来年度の受付を窓口に聞く", "#desk", id="of next year"),
        pytest.param({"use": Use.CONSULT}, "窓口に相談する", "#desk", id="advice"),
        pytest.param({"use": Use.CONSULT} | ONLINE, "電子申請へ", ONLINE["apply_url"], id="advice, online"),
        pytest.param({"use": Use.READ, "link": "https://a.example.jp/"}, "公式ページで読む", "https://a.e", id="read"),
        pytest.param({"use": Use.READ}, "窓口に聞く", "#desk", id="read, no page"),
        pytest.param(
            {"use": Use.PREFECTURE, "link": "https://a.example.jp/"}, "公式ページを見る", "https://", id="done"
        ),
        pytest.param({"use": Use.PREFECTURE}, "窓口に聞く", "#desk", id="done by the prefecture"),
    ],
)
def test_the_step_follows_from_use_calls_and_what_is_there(is_so, label, leads_to):
    step = next_step(standing_of(made(**is_so), TODAY))
    assert (step.label, leads_to in step.url) == (label, True)


@pytest.mark.parametrize(
    ("value", "label", "leads_to"),
    [
        pytest.param("市町村", "電子申請へ", ONLINE["apply_url"], id="may"),
        pytest.param("団体", "ほかの支援をさがす", "/support/find/?town=012068", id="may not"),
        pytest.param(None, "当てはまるか窓口に聞く", "/programs/kofukin/?town=012068#desk", id="nobody knows"),
    ],
)
def test_a_town_is_told_what_its_verdict_leaves_to_do(value, label, leads_to):
    program = made(window=OPEN, **ONLINE)
    fact = None if value else Fact.objects.create(slug="coast", label="沿岸", kind=Fact.Kind.TEXT)
    make_rule(edition=program.editions.get(), value=value or "はい", **({"fact": fact} if fact else {}))
    step = next_step(standing_of(program, TODAY, make_municipality()))
    assert (step.label, step.url) == (label, leads_to)


def test_where_only_offices_have_desks_the_step_leads_to_all_of_them():
    program = made(desk=False)
    make_program_desk(program=program, subprefecture=make_subprefecture(), desk=make_desk())
    assert next_step(standing_of(program, TODAY)).url == "/programs/kofukin/#desks"


def test_a_call_of_the_year_to_come_is_applied_to_by_its_own_forms():
    program = made(window=OVER, **ONLINE)
    coming = make_edition(program=program, fiscal_year=2022)
    make_window(edition=coming, **OPEN)
    assert next_step(standing_of(program, TODAY)).label == "窓口に相談する"


def test_the_button_says_where_it_leads(client):
    today = localdate()
    window = {"opens_on": today - timedelta(days=1), "closes_on": today + timedelta(days=9)}
    made(window=window, fiscal_year=fiscal_year_on(today), **ONLINE)
    html = page(client, "/programs/kofukin/")
    assert f'<a class="button" href="{ONLINE["apply_url"]}" rel="noopener noreferrer">電子申請へ</a>' in html
    assert "別のサイト（apply.example.jp）へ進みます" in html


def test_a_page_of_a_past_year_has_no_button(client):
    program = made(window=OPEN, **ONLINE)
    make_edition(program=program, fiscal_year=2022)
    assert "next-step" not in page(client, "/programs/kofukin/2021/")


def test_a_town_hears_the_step_of_each_programme_in_as_many_queries_as_of_one(client):
    town, office = make_municipality(), make_subprefecture()
    make_program_desk(program=made(link="https://a.example.jp/"), desk=make_desk(), subprefecture=office)
    once = queries_of(client, town.get_absolute_url())
    for _ in range(20):
        edition = make_edition(program=make_program(desk=make_desk()))
        make_window(edition=edition)
        edition.links.create(title="案内", url="https://a.example.jp/")
    assert Program.objects.count() == 21
    assert queries_of(client, town.get_absolute_url()) == once
    assert page(client, town.get_absolute_url()).count('class="next-step"') == 21
