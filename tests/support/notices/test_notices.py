"""Notices: which of them stand on a day, what became of the others, and who is told."""

import re
from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from sumairu.publishing.models import Status
from sumairu.search.index import rebuild
from support.models import Pillar
from support.notices.models import ON_HOME, Notice
from support.notices.todo import todo_for
from tests.admin_forms import form_data, post_confirmed
from tests.costs import page, queries_of
from tests.exhaustive import gathered
from tests.factories import (
    make_desk,
    make_edition,
    make_editor,
    make_headquarters_editor,
    make_municipality,
    make_notice,
    make_program,
    make_subprefecture,
    make_theme,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 24)
DAY = timedelta(days=1)
TODAY = localdate


@pytest.fixture
def nemuro():
    return make_subprefecture("nemuro")


def feed(client, query=""):
    return client.get(f"/notices/feed.atom{query}").content.decode()


def titles(text):
    """The titles of the entries of a feed, in order."""
    return re.findall(r"<entry><title>(.*?)</title>", text)


# Days.


@pytest.mark.parametrize("act_by", [None, ON - DAY, ON, ON + DAY])
def test_due_and_overdue_rows_are_those_that_say_so(act_by):
    notice = make_notice(act_by=act_by)
    assert notice.is_due(ON) == (notice in Notice.objects.due(ON)) == (act_by in (ON, ON + DAY))
    assert notice.is_overdue(ON) == (notice in Notice.objects.overdue(ON)) == (act_by == ON - DAY)
    assert notice.days_left(ON) == {ON: 0, ON + DAY: 1}.get(act_by)


NEWER = [None, {"status": Status.DRAFT}, {}, {"status": Status.ENDED}, {"publish_on": TODAY() + 2 * DAY}]
CASES = product(Status, NEWER, [None, TODAY()], [0, 1, 2, 3])


@pytest.mark.parametrize("cases", gathered(CASES))
def test_current_rows_are_those_that_say_so(cases):
    for status, newer, withdrawn_on, ahead in cases:
        on = TODAY() + ahead * DAY
        withdrawn = {"withdrawn_on": withdrawn_on, "withdrawn_why": "誤り"} if withdrawn_on else {}
        replaced_by = None if newer is None else make_notice(**newer)
        notice = make_notice(status=status, replaced_by=replaced_by, **withdrawn)
        assert notice.is_current(on) == (notice in Notice.objects.current(on)), (status, newer, withdrawn_on, ahead)


def test_a_draft_that_will_replace_it_changes_nothing_yet(client):
    old = make_notice(title="古い話", replaced_by=make_notice(status=Status.DRAFT, title="言えない話"))
    assert old.is_current()
    html = page(client, old.get_absolute_url())
    assert "言えない話" not in html
    assert "代わりました" not in html
    assert "言えない話" not in feed(client)


def test_the_old_one_does_not_come_back_when_the_newer_one_ends(client):
    newer = make_notice()
    old = make_notice(replaced_by=newer)
    newer.status = Status.ENDED
    newer.save()
    old = Notice.objects.get(pk=old.pk)
    assert not old.is_current()
    assert "新しいお知らせの公開も終わっています" in page(client, old.get_absolute_url())


def test_its_day_is_the_last_day(client):
    for act_by, told in ((TODAY(), "今日まで"), (TODAY() + DAY, "あと1日"), (TODAY() - DAY, "期限を過ぎました")):
        assert told in page(client, make_notice(act_by=act_by, dated=TODAY() - 9 * DAY).get_absolute_url())


def test_what_can_no_longer_be_done_comes_last():
    over = make_notice(title="過ぎた", dated=ON, act_by=ON - DAY)
    near, far = (make_notice(dated=ON - n * DAY, act_by=ON + n * DAY) for n in (1, 2))
    none = make_notice(dated=ON - 5 * DAY)
    assert list(Notice.objects.newest_first(ON)) == [near, far, none, over]
    assert list(Notice.objects.by_deadline(ON)) == [near, far, none, over]
    make_notice(title="もっと前に過ぎた", dated=ON - 9 * DAY, act_by=ON - 9 * DAY)
    assert [notice.title for notice in Notice.objects.by_deadline(ON)][-2:] == ["過ぎた", "もっと前に過ぎた"]
    far.act_by = ON
    far.save()
    assert list(Notice.objects.by_deadline(ON))[:4] == [far, near, none, over]


# What may not be.


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"act_by": ON, "to_do": ""}, "「していただくこと」も"),
        ({"withdrawn_on": ON}, "日と理由の両方"),
        ({"withdrawn_why": "誤り"}, "日と理由の両方"),
        ({"withdrawn_on": date(2099, 1, 1), "withdrawn_why": "誤り"}, "今日までの日"),
        ({"kind": "national", "status": "published", "ministry": ""}, "府省と出どころ"),
        ({"text": "あ" * 2001}, "2,000字まで"),
    ],
    ids=["deadline of nothing", "no reason", "no day", "tomorrow", "of no ministry", "too long"],
)
def test_a_person_is_told_what_is_missing(fields, said):
    notice = make_notice(status=Status.DRAFT)
    for name, value in fields.items():
        setattr(notice, name, value)
    with pytest.raises(ValidationError, match=said):
        notice.full_clean()


def test_notices_do_not_replace_each_other_in_a_circle():
    first = make_notice()
    first.replaced_by = make_notice(replaced_by=make_notice(replaced_by=first))
    with pytest.raises(ValidationError, match="たがいに"):
        first.full_clean()


def test_a_notice_without_a_code_is_numbered_in_its_office_and_year(nemuro):
    codes = [make_notice(dated=date(2026, 3, 31), **kw).code for kw in ({}, {"subprefecture": nemuro}, {})]
    assert codes == ["hokkaido-info-2025-1", "nemuro-info-2025-1", "hokkaido-info-2025-2"]


# Replaced and withdrawn.


def test_a_replaced_notice_leads_to_what_stands_now_and_that_leads_back(client):
    newest = make_notice(title="いちばん新しい話")
    between = make_notice(title="途中の話", replaced_by=newest)
    old = make_notice(title="はじめの話", replaced_by=between)
    html = page(client, old.get_absolute_url())
    assert "新しいお知らせに代わりました" in html
    assert f'<a href="{newest.get_absolute_url()}">いちばん新しい話</a>' in html
    assert f'<a href="{between.get_absolute_url()}">途中の話</a>' in page(client, newest.get_absolute_url())
    for address in ("/", "/notices/"):
        html = page(client, address)
        assert "いちばん新しい話" in html
        assert "途中の話" not in html
        assert "はじめの話" not in html


def test_a_withdrawn_notice_stays_and_says_why(client):
    notice = make_notice(
        title="説明会", act_by=TODAY() + DAY, withdrawn_on=TODAY(), withdrawn_why="会場が使えなくなったため。"
    )
    html = page(client, notice.get_absolute_url())
    assert "このお知らせは取り下げました" in html
    assert "理由：会場が使えなくなったため。" in html
    assert "noindex" in html
    assert "あと" not in html
    assert "取り下げる前の内容です" in html
    assert "説明会" not in page(client, "/notices/")
    assert notice.get_absolute_url() not in page(client, "/sitemap-notices.xml")
    assert titles(feed(client)) == ["取り下げ：説明会"]


# Who is told.


@pytest.fixture
def told(nemuro):
    """Notices for 根室市, 別海町, all of 根室, all of 釧路 and all of Hokkaido."""
    towns = {name: make_municipality(name) for name in ("根室市", "別海町", "釧路市")}
    for name in ("根室市", "別海町"):
        make_notice(title=f"{name}の話", subprefecture=nemuro).municipalities.add(towns[name])
    make_notice(title="根室管内の話", subprefecture=nemuro)
    make_notice(title="釧路管内の話", subprefecture=make_subprefecture())
    make_notice(title="全道の話", informational=True)
    make_notice(title="まだの話", status=Status.DRAFT, informational=True)
    return towns


def test_a_town_is_told_what_concerns_it(client, told):
    expected = {"根室市の話", "根室管内の話", "全道の話"}
    assert set(titles(feed(client, "?town=012238"))) == expected
    html = page(client, told["根室市"].get_absolute_url())
    block = html.partition("根室市に関わるお知らせ")[2]
    assert set(re.findall(r"[一-龠]+の話", block)) == expected
    assert 'href="/notices/feed.atom?town=012238"' in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("office=nemuro", {"根室市の話", "別海町の話", "根室管内の話"}),
        ("pillar=informational", {"全道の話"}),
        ("pillar=human", set()),
        ("town=根室市", {"根室市の話", "根室管内の話", "全道の話"}),
        ("kind=national", set()),
        ("q=別海町", {"別海町の話"}),
    ],
)
def test_the_list_and_its_feed_are_narrowed_alike(client, told, query, expected):
    rebuild()
    assert set(titles(feed(client, f"?{query}"))) == expected
    assert set(re.findall(r'class="name"[^>]*>([^<]+?)\s*<', page(client, f"/notices/?{query}"))) == expected


def test_what_cannot_be_understood_is_said(client, told):
    html = page(client, "/notices/?town=ロンドン&office=london")
    assert "どの市町村か分かりません" in html
    assert "全道の話" in html


def test_offices_pillars_and_programmes_tell_theirs(client, told):
    program = make_edition(program=make_program(slug="kofukin")).program
    Notice.objects.get(title="全道の話").programs.add(program)
    assert "根室管内の話" in page(client, "/regions/nemuro/")
    assert "全道の話" in page(client, "/programs/kofukin/")
    assert "全道の話" in page(client, f"/support/{Pillar.INFORMATIONAL.value}/")
    assert "全道の話" not in page(client, f"/support/{Pillar.HUMAN.value}/")


def test_a_programme_that_nobody_sees_is_not_named(client):
    notice = make_notice()
    notice.programs.add(make_edition(status=Status.DRAFT, program=make_program(official_name="秘密の制度")).program)
    assert "秘密の制度" not in page(client, notice.get_absolute_url())


def test_a_national_programme_says_whose_it_is_and_what_the_desk_says(client):
    notice = make_notice(kind=Notice.Kind.NATIONAL, basis="令和8年度当初予算", desk_says="早めにご相談ください。")
    html = page(client, notice.get_absolute_url())
    for said in ("架空の省", "令和8年度当初予算", "早めにご相談ください。", "出どころ：架空の資料"):
        assert said in html


def test_whom_to_ask_is_the_desk_of_the_notice_or_of_its_office(client, nemuro):
    make_desk(section="根室の係", subprefecture=nemuro)
    assert "根室の係" in page(client, make_notice(subprefecture=nemuro).get_absolute_url())
    own = make_notice(subprefecture=nemuro, desk=make_desk(section="本庁の係"))
    assert "根室の係" not in page(client, own.get_absolute_url())


def test_a_feed_tells_anew_of_what_days_alone_replaced(client):
    make_notice(title="変わらない話")
    old = make_notice(title="前の話", replaced_by=make_notice(title="次の話", publish_on=TODAY() + DAY))
    Notice.objects.update(updated_at="2026-01-01T00:00Z")
    assert titles(feed(client))[-1] != "新しいお知らせに代わりました：前の話"
    Notice.objects.filter(title="次の話").update(publish_on=None, first_public_on=TODAY())
    assert "新しいお知らせに代わりました：前の話" in titles(feed(client))
    assert feed(client) == feed(client)
    assert old.code in feed(client)


def test_lists_and_pages_take_as_many_queries_for_many_notices(client, nemuro):
    town, program = make_municipality("根室市"), make_edition(program=make_program(slug="kofukin")).program
    addresses = [
        "/notices/",
        "/notices/?town=012238",
        "/notices/feed.atom",
        "/regions/nemuro/",
        "/programs/kofukin/",
        "/",
    ]

    def add():
        notice = make_notice(subprefecture=nemuro)
        notice.municipalities.add(town), notice.themes.add(make_theme()), notice.programs.add(program)

    add()
    one = {address: queries_of(client, address) for address in addresses}
    for _ in range(5):
        add()
    assert {address: queries_of(client, address) for address in addresses} == one


# Those who keep them.


def test_a_first_page_with_what_is_over_waits_for_those_who_keep_it(nemuro):
    over = make_notice(title="過ぎた話", subprefecture=nemuro, dated=ON - 9 * DAY, act_by=ON - DAY)
    for person, expected in ((make_editor("nemuro"), ["過ぎた話"]), (make_editor("kushiro"), [])):
        assert [item.title for item in todo_for(person, ON)] == expected
    for _ in range(ON_HOME):
        make_notice()
    assert over not in Notice.objects.on_home(ON)
    assert not list(todo_for(make_editor("nemuro"), ON))


def test_a_notice_to_be_read_waits_for_who_keeps_it(nemuro):
    make_notice(title="確かめて", status=Status.REVIEW, subprefecture=nemuro)
    assert [item.title for item in todo_for(make_headquarters_editor(), ON)] == ["確かめて"]
    assert not list(todo_for(make_editor("kushiro"), ON))


def test_who_publishes_what_replaces_another_is_shown_what_becomes_of_that(client, nemuro):
    newer = make_notice(subprefecture=nemuro, status=Status.DRAFT, title="新しい話")
    make_notice(subprefecture=nemuro, title="古い話", replaced_by=newer)
    client.force_login(make_editor("nemuro"))
    address = reverse("admin:support_notices_notice_change", args=[newer.pk])
    data = form_data(client.get(address)) | {"status": Status.PUBLISHED}
    said = client.post(address, data).content.decode()
    assert "お知らせ「古い話」" in said
    assert "「新しい話」に代わりました" in said


def test_who_withdraws_is_shown_what_the_public_will_see(client, nemuro):
    notice = make_notice(subprefecture=nemuro)
    client.force_login(make_editor("nemuro"))
    address = reverse("admin:support_notices_notice_change", args=[notice.pk])
    data = form_data(client.get(address)) | {"withdrawn_on": f"{TODAY():%Y-%m-%d}", "withdrawn_why": "誤りのため。"}
    assert "載っていません" in client.post(address, data).content.decode()
    assert post_confirmed(client, address, data).status_code == 302
    assert Notice.objects.get().is_withdrawn()
