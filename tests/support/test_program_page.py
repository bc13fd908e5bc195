import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from sumairu.lib.wareki import fiscal_year_on
from tests.costs import page, queries_of
from tests.factories import (
    make_attachment,
    make_budget_figure,
    make_desk,
    make_duty,
    make_edition,
    make_local_note,
    make_municipality,
    make_program,
    make_program_desk,
    make_rule,
    make_subprefecture,
    make_window,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/programs/kofukin/"


@pytest.fixture
def program():
    return make_program(slug="kofukin", official_name="地域づくり総合交付金", plain_name="事業の費用を支えてもらう")


@pytest.fixture
def edition(program):
    return make_edition(program=program, rate="2分の1以内", excludes="人件費\n用地", source="十勝の案内\n後志の案内")


def text(html):
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def test_the_page_opens_on_the_newest_public_year_and_says_which(client, program, edition):
    make_edition(program=program, fiscal_year=2020)
    html = page(client, ADDRESS)
    assert "いちばん新しい、令和3年度（2021）の内容です" in html
    assert 'href="/programs/kofukin/2021/" aria-current="page"' in html
    assert "未公開" in html


def test_an_older_year_leads_to_the_newest(client, program, edition):
    make_edition(program=program, fiscal_year=2020)
    assert '<a href="/programs/kofukin/">いちばん新しい令和3年度（2021）の内容を見る</a>' in page(
        client, f"{ADDRESS}2020/"
    )


@pytest.mark.parametrize("year", ["2019", "1899", "9999"])
def test_a_year_without_an_edition_is_not_found(client, edition, year):
    assert client.get(f"{ADDRESS}{year}/").status_code == 404


def test_what_it_is_stands_in_terms_with_its_sources(client, edition):
    html = page(client, ADDRESS)
    assert "<dt>支援の割合</dt><dd>2分の1以内</dd>" in html
    assert "<li>人件費</li><li>用地</li>" in html
    assert "出どころ：十勝の案内" in html
    assert "出どころ：後志の案内" in html


def test_this_year_stands_beside_the_one_before_with_what_changed_marked(client, program, edition):
    make_edition(program=program, fiscal_year=2020, rate="3分の1以内", target="市町村")
    html = page(client, ADDRESS)
    assert "令和3年度は、令和2年度と、1つの点がちがいます" in html
    assert re.sub(r'<span class="unseen">[^<]*</span>', "", html).count('<ins class="changed">2</ins>分の1以内') == 1
    assert '<del class="changed"><span class="unseen">（ここから、なくなった言葉）</span>3<span' in html


def test_a_chosen_town_gets_its_verdict_its_desk_and_stays_chosen(client, program, edition):
    make_municipality("釧路市")
    make_rule(edition=edition, wording="市町村が対象です")
    make_program_desk(program=program, desk=make_desk(section="本庁の係"))
    own = make_desk(section="釧路の係", subprefecture=make_subprefecture())
    make_program_desk(program=program, subprefecture=make_subprefecture(), desk=own)
    html = page(client, f"{ADDRESS}?town=012068")
    assert "釧路市</a>—市町村が対象です" in html.replace(" ", "")
    assert "釧路市から申し込む窓口" in html
    assert "<p>釧路総合振興局 釧路の係</p>" in html
    assert 'value="012068" selected' in html
    assert 'href="/programs/kofukin/2021/?town=012068"' in html


@pytest.mark.parametrize("town", ["", "999999", "x", "016951", "%01", "012068012068" * 20])
def test_a_town_that_there_is_not_is_no_town(client, edition, town):
    assert "から申し込む窓口" not in page(client, f"{ADDRESS}?town={town}")


def test_where_only_offices_have_desks_the_page_asks_for_the_town(client, program, edition):
    make_program_desk(program=program, subprefecture=make_subprefecture(), desk=make_desk())
    assert "まちを選ぶと、ここに出ます" in page(client, ADDRESS)


def test_duties_are_those_of_the_last_year_that_names_any(client, program, edition):
    make_edition(program=program, fiscal_year=2020)
    make_duty(program=program, fiscal_year=2020, name="関係人口の創出")
    assert "令和2年度の、派遣先での主な業務" in page(client, ADDRESS)


def test_without_a_desk_the_page_says_whom_to_ask(client, edition):
    assert "この制度の窓口は、まだ登録されていません" in page(client, ADDRESS)


@pytest.mark.parametrize(
    ("opens", "closes", "said"),
    [
        pytest.param(-1, 10, "受付中あと10日", id="open"),
        pytest.param(-1, 0, "今日まで", id="on its last day"),
        pytest.param(5, 10, "受付前5日後から", id="soon"),
        pytest.param(-9, -1, "受付終了", id="over"),
    ],
)
def test_the_call_is_told_by_shape_word_and_days(client, program, opens, closes, said):
    today = localdate()
    edition = make_edition(program=program, fiscal_year=fiscal_year_on(today))
    days = {"opens_on": today + timedelta(days=opens), "closes_on": today + timedelta(days=closes)}
    make_window(edition=edition, **days)
    assert said in text(page(client, ADDRESS))


def test_windows_are_listed_for_each_office_and_old_ones_are_marked(client, edition):
    make_window(edition=edition, subprefecture=make_subprefecture("tokachi"), closes_on=date(2021, 8, 28), note="郵送")
    html = page(client, ADDRESS)
    assert "令和3年度の情報です。いまの期間は、窓口でお確かめください。" in html
    assert "十勝市町村" not in text(html)
    assert "十勝すべて2021年4月1日（木）から8月28日（土）まで郵送" in text(html)
    assert "2021年4月1日（木）から8月28日（土）まで" in html


def test_an_office_without_a_window_of_its_own_is_counted(client, edition):
    make_subprefecture("kushiro"), make_subprefecture("nemuro")
    make_window(edition=edition, subprefecture=make_subprefecture("tokachi"))
    assert "ほかの2の総合振興局・振興局の期間は、まだ登録されていません" in page(client, ADDRESS)


def test_all_municipalities_are_counted_and_the_requirements_told(client, edition):
    make_municipality("釧路市"), make_municipality("根室市")
    make_rule(edition=edition)
    assert "対象2市町村" in text(page(client, ADDRESS))  # of a year that is over
    make_rule(edition=make_edition(program=edition.program, fiscal_year=fiscal_year_on(localdate())))
    assert "使える2市町村" in text(page(client, ADDRESS))
    assert "<li>市町村</li>" in page(client, ADDRESS)


def test_without_requirements_none_are_claimed(client, edition):
    make_municipality("釧路市")
    assert "だれが使えるかの要件は、まだ登録されていません" in page(client, ADDRESS)


def test_notes_figures_duties_and_files_are_there(client, program, edition):
    make_local_note(edition=edition, text="**後志**の注記")
    make_budget_figure(program=program)
    make_duty(program=program, name="関係人口の創出")
    attachment = make_attachment(edition, "申請書")
    html = page(client, ADDRESS)
    assert "<strong>後志</strong>の注記" in html
    assert "45億5,000万円" in html
    assert "関係人口の創出" in html
    assert attachment.get_absolute_url() in html
    assert b"".join(client.get(attachment.get_absolute_url())) == "申請書".encode()


def test_a_successor_is_linked(client, program, edition):
    program.successor = make_edition(program=make_program(official_name="新しい交付金")).program
    program.save()
    assert "後継の制度は" in page(client, ADDRESS)


@pytest.mark.exhaustive
def test_the_page_costs_as_much_for_many_rows_as_for_one(client, program, edition):
    def add(slug, year):
        office = make_subprefecture(slug)
        make_window(edition=edition, subprefecture=office)
        make_local_note(edition=edition, subprefecture=office)
        make_program_desk(program=program, subprefecture=office, desk=make_desk(subprefecture=office))
        make_attachment(edition, slug)
        make_rule(edition=edition)
        make_budget_figure(program=program, fiscal_year=year)

    make_edition(program=program, fiscal_year=2020)
    make_municipality("釧路市"), make_municipality("根室市"), make_municipality("帯広市")
    add("kushiro", 2018)
    one = queries_of(client, f"{ADDRESS}?town=012068")
    add("nemuro", 2019)
    assert queries_of(client, f"{ADDRESS}?town=012068") == one


def test_how_to_apply_stands_step_by_step_beside_its_forms_and_official_pages(client, program):
    edition = make_edition(
        program=program, how_to_apply="1. 相談する\n2. 申請書を送る", apply_url="https://apply.example.jp/"
    )
    edition.links.create(title="道の案内", url="https://b.example.jp/", order=2)
    edition.links.create(title="募集要項", url="https://a.example.jp/", order=1)
    guide, form = make_attachment(edition, "手引き"), make_attachment(edition, "申請書")
    form.purpose, guide.purpose = form.Purpose.FORM, guide.Purpose.GUIDE
    form.save(), guide.save()
    html = page(client, ADDRESS)
    assert '<ol class="procedure"><li>相談する</li><li>申請書を送る</li></ol>' in html
    assert html.index("申請書</a>") < html.index("手引き</a>")
    assert html.index("募集要項</a>") < html.index("道の案内</a>")
    assert re.search(r"Excel、1 KB、\d{4}年\d+月\d+日（.）登録", html)


def test_forms_and_pages_of_the_last_year_are_shown_as_such(client, program):
    last = make_edition(program=program, fiscal_year=2020, apply_url="https://old.example.jp/")
    make_attachment(last, "前の申請書")
    last.links.create(title="前の案内", url="https://old.example.jp/a")
    make_edition(program=program)
    html = page(client, ADDRESS)
    assert "令和2年度の内容です。今年度の様式は、窓口でお確かめください。" in html
    assert text(html).count("令和2年度の内容") == 3


@pytest.mark.parametrize("url", ["http://apply.example.jp/", "javascript:alert(1)", "ftp://a.example.jp/"])
def test_no_address_but_https_can_be_given(program, url):
    edition = make_edition(program=program)
    edition.apply_url = url
    with pytest.raises(ValidationError, match="https"):
        edition.full_clean()
    with pytest.raises(ValidationError, match="https"):
        edition.links.model(edition=edition, title="案内", url=url).full_clean()
