"""The base page, the error pages and the fragments that pages are made of."""

import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from sumairu.lib.charts import Series, bar_chart, line_chart, yearly
from sumairu.lib.maps import hokkaido_map, neighbourhood_map, read_boundaries
from support.answers import Group
from support.models import Pillar
from support.program_page import VERDICT_MARKS
from support.standing import State

ROOT = Path(__file__).parent.parent
FACTS = ROOT / "fixtures" / "facts"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# What the content security policy refuses, and what would fail in a network that reaches no other host.
REFUSED = re.compile(
    r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:|(?:src|href|action)=[\"']?(?:https?:)?//"
)


def desk(**kw):
    kw = {"phone": "0000-00-0000", "email": "", "hours": "", "is_sample": False, "is_confirmed": True} | kw
    return SimpleNamespace(pk=1, confirmed_on=date(2026, 4, 1), **kw)


def near_map(here):
    names = (("01223", "根室市"), ("01691", "別海町"), ("01696", "泊村"))
    boundaries = read_boundaries(FACTS / "municipality_boundaries.topojson")
    view = neighbourhood_map(boundaries, names).linked({"01223": "/nemuro/", "01691": "/betsukai/"})
    return render_to_string("_near_map.html", {"map": view, "here": here, "town": "根室市", "region": "根室振興局管内"})


@pytest.mark.parametrize("template", TEMPLATES, ids=[str(path.relative_to(ROOT / "templates")) for path in TEMPLATES])
def test_no_template_needs_what_the_policy_refuses(template):
    assert REFUSED.findall(template.read_text()) == []


@pytest.mark.parametrize("section", ["support", "regions", "figures", "municipalities", "search"])
def test_the_navigation_marks_where_the_reader_is(section):
    page = render_to_string("base.html", {"section": section})
    assert re.findall(r'href="([^"]+)" aria-current', page) == [f"/{section}/"]


@pytest.mark.parametrize("page", ["403.html", "404.html", "500.html"])
def test_an_error_page_says_what_to_do_without_context_or_database(page):
    html = render_to_string(page)
    assert html.count("<h1>") == 1
    assert 'href="/"' in html


def test_every_shape_that_a_fragment_can_ask_for_is_drawn():
    drawn = set(re.findall(r'symbol id="(\w+)"', (ROOT / "static" / "icons.svg").read_text()))
    marks = {each.mark for each in (*State, *Group)} | set(VERDICT_MARKS.values())
    assert drawn == marks | set(Pillar) | {"hokkaido"}
    assert 'icons.svg#maybe"' in render_to_string("_state.html", {"state": "maybe", "words": "条件次第"})


def test_a_trail_ends_at_this_page():
    trail = render_to_string("_trail.html", {"parents": [("支援制度", "/support/")], "here": "地域づくり総合交付金"})
    assert re.findall(r'<a href="([^"]+)"', trail) == ["/", "/support/"]
    assert '<li aria-current="page">地域づくり総合交付金</li>' in trail


def test_a_year_without_anything_is_a_gap_and_no_link():
    years = [
        {"label": "令和3年度", "sub_label": "2021", "url": "/2021/", "is_here": True},
        {"label": "令和4年度", "sub_label": "未公開", "url": ""},
    ]
    strip = render_to_string("_year_strip.html", {"label": "取組の年度", "years": years})
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', strip) == ["/2021/"]
    assert '<li class="gap"><span>令和4年度<small>未公開</small></span></li>' in strip


def test_a_source_opens_where_there_is_more_to_say():
    plain = render_to_string("_source_line.html", {"summary": "推移 › D7"})
    details = [{"term": "ファイル", "text": "実績.xlsx", "url": "/file/"}, {"term": "その前の値", "text": "なし"}]
    opening = render_to_string("_source_line.html", {"summary": "推移 › D7", "details": details, "is_sample": True})
    assert "<details" not in plain
    assert "見本" not in plain
    assert '<dd><a href="/file/">実績.xlsx</a></dd>' in opening
    assert "<dd>なし</dd>" in opening
    assert "見本" in opening


def test_a_desk_is_named_once_where_its_section_is_the_title():
    assert render_to_string("_desk_card.html", {"desk": desk(section="政策課"), "title": "政策課"}).count("政策課") == 1


@pytest.mark.parametrize(("confirmed", "stale"), [(True, False), (False, True)], ids=["this year", "long ago"])
def test_a_desk_says_when_it_was_confirmed_and_whether_that_is_long_ago(confirmed, stale):
    card = render_to_string("_desk_card.html", {"desk": desk(is_confirmed=confirmed), "title": "窓口"})
    assert "2026年4月確認" in card
    assert ("1年を過ぎている" in card) == stale


def test_a_desk_shows_what_it_has():
    assert "mailto:" not in render_to_string("_desk_card.html", {"desk": desk(), "title": "窓口"})
    assert "tel:" not in render_to_string("_desk_card.html", {"desk": desk(phone="", email="a@b.jp"), "title": "窓口"})


def test_a_bar_chart_names_what_is_missing_and_marks_the_newest():
    points = yearly({2018: 38, 2020: 33}, str)
    html = render_to_string("_bar_chart.html", {"chart": bar_chart(points, wide=True), "caption": "派遣者数（人）"})
    assert html.count('class="bar') == 2
    assert html.count('class="bar newest"') == 1
    assert re.findall(r">([^<>]+)</text>", html) == [
        "38", "33", "0", "なし", "平成30年度", "2018", "令和元年度", "2019", "令和2年度", "2020"
    ]  # fmt: skip


def test_a_line_chart_names_each_line_at_its_end():
    series = [
        Series("転出", yearly({2023: 976, 2024: 964}, str)),
        Series("転入", yearly({2023: 585}, str), context=True),
    ]
    html = render_to_string("_line_chart.html", {"chart": line_chart(series), "caption": "移動（人、年）"})
    assert re.findall(r"<tspan>(\w+)</tspan> ([^<]+)</text>", html) == [("転出", "964"), ("転入", "585（2023）")]


def test_every_subprefecture_is_a_link_on_the_map_and_in_the_list():
    boundaries = read_boundaries(FACTS / "subprefecture_boundaries.topojson")
    view = hokkaido_map(boundaries, (("kushiro", "釧路"), ("nemuro", "根室")))
    offices = [{"name": "釧路総合振興局", "get_absolute_url": "/regions/kushiro/", "municipality_count": 8}]
    urls = {"kushiro": "/regions/kushiro/", "nemuro": "/regions/nemuro/"}
    html = render_to_string("_area_map.html", {"map": view.linked(urls), "subprefectures": offices})
    links = re.findall(r'<a href="([^"]+)"', html)
    assert sorted(links) == ["/regions/kushiro/", "/regions/kushiro/", "/regions/nemuro/"]


def test_the_town_itself_and_villages_without_a_page_are_no_links_on_the_map():
    html = near_map(here="01223")
    assert re.findall(r'<a href="([^"]+)"', html) == ["/betsukai/"]
    assert 'class="here"' in html
