"""Cases: their page, their list, and where else they are told of."""

from datetime import date
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sumairu.search.index import rebuild
from support.cases.models import SIZES, Case
from tests.costs import page
from tests.factories import (
    make_case,
    make_case_figure,
    make_desk,
    make_edition,
    make_fact,
    make_initiative,
    make_municipal_fact,
    make_municipality,
    make_program,
    make_subprefecture,
    make_theme,
)

pytestmark = pytest.mark.django_db


def titles(client, query=""):
    found = page(client, f"/cases/?{query}").partition('id="found-title"')[2]
    return [case.title for case in Case.objects.order_by("pk") if case.title in found]


def test_the_page_says_why_what_and_what_was_learned(client):
    program = make_edition(program=make_program(official_name="地域づくり総合交付金")).program
    town, theme = make_municipality("釧路市"), make_theme()
    case = make_case(
        [town],
        [theme],
        [program],
        key="cafe",
        title="空き店舗のカフェ",
        reason="商店街の人通りが\n減っていました。",
        body="**月に一度**、店を開けました。",
        lessons="冬は人が集まりませんでした。",
        sustaining="当番は4つの団体で回します。",
        organisation="council",
        organisation_name="まちなか協議会",
        starts_on=date(2021, 6, 1),
        cost_yen=1_250_000,
        funds="交付金 60万円",
        desk=make_desk(section="商工係"),
        result="開いた日が増えました。",
    )
    make_case_figure(case, what="来た人", number="1250.50", unit="人", source="協議会の調べ")
    html = page(client, "/cases/cafe/")
    for said in (
        "空き店舗のカフェ",
        "商店街の人通りが<br>減っていました。",
        "<strong>月に一度</strong>、店を開けました。",
        "冬は人が集まりませんでした。",
        "まちなか協議会（協議会・実行委員会）",
        "2021年6月1日",
        "125万円",
        "交付金 60万円",
        "商工係",
        "1,250.5人",
        "協議会の調べ",
        f'href="{town.get_absolute_url()}"',
        f'href="{program.get_absolute_url()}"',
    ):
        assert said in html, said


def test_a_case_that_says_little_has_no_empty_chapters(client):
    html = page(client, make_case().get_absolute_url())
    for heading in ("なぜ取り組んだか", "挑戦と工夫", "成果", "学んだこと", "使った支援制度", "近い先行事例"):
        assert f">{heading}" not in html


def test_what_is_not_public_is_named_nowhere(client):
    hidden = make_edition(status="draft").program
    draft = make_initiative(status="draft", title="下書きの取組")
    case = make_case(programs=[hidden], made_from=draft)
    case.related.add(make_case(title="下書きの事例", status="draft"))
    html = page(client, case.get_absolute_url())
    file = b"".join(client.get("/data/cases.csv")).decode()
    for secret in (hidden.official_name, "下書きの取組", "下書きの事例"):
        assert secret not in html
        assert secret not in file


def test_the_list_is_narrowed_by_theme_size_programme_office_town_year_and_words(client):
    sea, edition = make_theme("海", "sea"), make_edition()
    small, large = make_municipality("厚岸町", population=2_999), make_municipality("根室市", population=3_000)
    make_case([small], [sea], title="漁のまち", summary="昆布を干します。")
    make_case([large], title="北のまち", programs=[edition.program], subprefecture=None, fiscal_year=2023)
    rebuild()
    assert titles(client) == ["漁のまち", "北のまち"]
    assert titles(client, "theme=sea") == ["漁のまち"]
    assert titles(client, "size=under-3000") == ["漁のまち"]
    assert titles(client, "size=3000") == ["北のまち"]
    assert titles(client, f"program={edition.program.slug}") == ["北のまち"]
    assert titles(client, "office=nemuro") == ["北のまち"]
    assert titles(client, "town=厚岸町") == ["漁のまち"]
    assert titles(client, "year=2023") == ["北のまち"]
    assert titles(client, "q=昆布") == ["漁のまち"]
    assert "この条件に合う、公開している事例はありません" in page(client, "/cases/?size=100000")


def test_every_population_is_in_one_class():
    bounds = [(least, below) for _, least, below in SIZES.values()]
    assert bounds[0][0] == 0
    assert bounds[-1][1] is None
    assert all(below == least for (_, below), (least, _) in pairwise(bounds))


@pytest.mark.parametrize("many", [1, 12])
def test_the_list_and_the_page_take_as_many_queries_for_many_as_for_one(client, django_assert_max_num_queries, many):
    town, theme, program = make_municipality("釧路市"), make_theme(), make_edition().program
    for _ in range(many):
        case = make_case([town, make_municipality("厚岸町")], [theme], [program])
        make_case_figure(case)
    with django_assert_max_num_queries(14):
        page(client, "/cases/")
    with django_assert_max_num_queries(30):
        page(client, case.get_absolute_url())


def test_a_town_tells_of_its_own_cases_and_of_those_of_similar_towns(client):
    people = make_fact("population", label="総人口")
    for name, count in (("釧路市", 9_000), ("厚岸町", 8_900), ("根室市", 200_000)):
        make_municipal_fact(municipality=make_municipality(name), fact=people, value=count)
    make_case([make_municipality("釧路市")], title="自分のまちの事例")
    make_case([make_municipality("根室市")], title="遠いまちの事例", subprefecture=make_subprefecture("nemuro"))
    make_case([make_municipality("厚岸町")], title="近いまちの事例")
    html = page(client, make_municipality("釧路市").get_absolute_url())
    own, similar = html.index("釧路市の先行事例"), html.index("似た町の事例")
    assert own < html.index("自分のまちの事例") < similar < html.index("近いまちの事例") < html.index("遠いまちの事例")


def test_programmes_initiatives_and_themes_tell_of_their_cases(client):
    theme, program, town = make_theme(), make_edition().program, make_municipality("釧路市")
    initiative = make_initiative()
    initiative.themes.add(theme)
    made = make_case(title="もとになった取組の事例", made_from=initiative, subprefecture=None)
    make_case([town], [theme], [program], title="分野の同じ事例")
    assert "分野の同じ事例" in page(client, program.get_absolute_url())
    html = page(client, initiative.get_absolute_url())
    assert html.index("もとになった取組の事例") < html.index("分野の同じ事例")
    assert "分野の同じ事例" in page(client, "/initiatives/?year=&theme=tourism")
    assert initiative.title in page(client, made.get_absolute_url())


def test_a_case_leads_to_those_that_it_names_and_to_those_like_it(client):
    theme = make_theme()
    case, named, alike, other = (
        make_case(title=title) for title in ("この事例", "名前の出る事例", "似た事例", "別の事例")
    )
    case.related.add(named)
    case.themes.add(theme), alike.themes.add(theme)
    html = page(client, case.get_absolute_url())
    assert html.index("名前の出る事例") < html.index("似た事例")
    assert "別の事例" not in html
    assert "この事例" in page(client, named.get_absolute_url())
    assert other.title not in html


def test_an_ended_case_leads_to_what_it_named(client):
    case, other = make_case(status="ended", title="終わった事例"), make_case(title="続く事例")
    case.related.add(other)
    response = client.get(case.get_absolute_url())
    assert response.status_code == 410
    assert "続く事例" in response.content.decode()


def test_a_case_without_a_key_gets_one_that_stays():
    case = make_case(key="")
    case.fiscal_year = 2022
    case.save()
    assert Case.objects.get().key == case.key == "jirei-1"
    case.key = "another"
    with pytest.raises(ValidationError, match="URL名」は変えられません"):
        case.full_clean()


def test_a_result_has_a_source():
    figure = make_case_figure(make_case())
    figure.source = ""
    with pytest.raises(ValidationError, match="source"):
        figure.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        figure.save()
