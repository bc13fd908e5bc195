"""What became of a record, and over everything who changed what: who sees it, and that it says old and new in words."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Initiative, InitiativeLink
from sumairu.versions.comparing import changes
from sumairu.versions.models import Origin, Version
from sumairu.versions.recording import recording
from sumairu.versions.words import in_order, row_name, words_at
from tests.factories import (
    make_administrator,
    make_budget_figure,
    make_editor,
    make_headquarters_editor,
    make_initiative,
    make_municipality,
    make_program,
    make_subprefecture,
    make_theme,
    make_uptake,
)

pytestmark = pytest.mark.django_db

CHANGES = "/admin/versions/version/"


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def administrator():
    return browser(make_administrator())


def changed(row, by, **fields):
    with recording(by=by, origin=Origin.FORM, reference=row._meta.verbose_name) as changes:
        changes.watch(type(row), [row.pk])
        type(row).objects.filter(pk=row.pk).update(**fields)


def words(response):
    return response.content.decode()


def history(row):
    return reverse("admin:regions_initiative_history", args=[row.pk])


def test_a_history_says_old_and_new_in_words():
    initiative, editor = make_initiative(status="draft"), make_editor("kushiro")
    changed(initiative, editor, status="review", publish_on="2027-04-01", fiscal_year=2027, is_sample=True)
    with recording(by=editor, origin=Origin.FORM) as changes:
        changes.watch(Initiative, [initiative.pk])
        initiative.themes.add(make_theme())
        initiative.links.create(label="外のページ", url="https://example.jp/")
    page = words(browser(editor).get(history(initiative)))
    for shown in (
        "<del>下書き</del>",
        "<ins>確認待ち</ins>",
        "令和9年4月1日（木）",
        "令和9年度（2027）",
        "<ins>はい</ins>",
        "<ins>観光</ins>",
        "関連リンク「外のページ",
        "釧路の編集者",
        "編集画面（取組）",
        "変更の記録を始めたときの内容",
    ):
        assert shown in page, shown


def test_rows_read_in_the_order_of_their_fields_whatever_order_the_database_keeps():
    row = {"url": "https://example.jp/", "label": "外のページ"}
    assert row_name(InitiativeLink, row) == "外のページ・https://example.jp/"
    assert words_at(Initiative, ("regions.initiativelink", "1"), row).splitlines()[0].endswith("：外のページ")
    rows = {"regions.initiativelink": {"2": row, "1": row}}
    before = {"fields": {"body": "本文", "title": "題"}, "rows": {"regions.initiativelink": {"2": {}, "1": {}}}}
    after = {"fields": {}, "rows": rows}
    assert [change.place[-1] for change in in_order(Initiative, changes(before, after))] == (
        ["title", "body", "label", "url", "label", "url"]
    )


def test_a_text_shows_what_is_gone_and_what_is_new_within_it():
    initiative, editor = (
        make_initiative(body="一つ目の段落です。\n\n二つ目の段落はここにあります。"),
        make_editor("kushiro"),
    )
    changed(initiative, editor, body="一つ目の段落です。\n\n二つ目の段落はそこにあります。")
    assert "二つ目の段落は<del>こ</del><ins>そ</ins>こにあります。" in words(browser(editor).get(history(initiative)))


def test_a_history_is_for_those_who_may_see_the_record():
    initiative = make_initiative(title="秘密の下書き", status="draft")
    changed(initiative, make_editor("kushiro"), title="まだ秘密")
    assert browser(make_editor("nemuro")).get(history(initiative)).status_code == 404
    assert browser(make_headquarters_editor()).get(history(initiative)).status_code == 200


def test_what_was_another_offices_draft_does_not_go_over_with_the_record():
    initiative = make_initiative(title="釧路だけの案", status="draft")
    changed(initiative, make_editor("kushiro"), title="釧路だけの第二案")
    changed(initiative, make_administrator(), subprefecture=make_subprefecture("nemuro"), title="根室の案")
    page = words(browser(make_editor("nemuro")).get(history(initiative)))
    assert "根室の案" in page
    assert "釧路だけ" not in page


@pytest.mark.exhaustive
def test_a_history_of_many_versions_is_paged_with_as_many_queries(administrator, django_assert_max_num_queries):
    initiative, editor = make_initiative(), make_editor("kushiro")
    for number in range(30):
        changed(initiative, editor, title=f"題{number}")
    with django_assert_max_num_queries(14):
        page = words(administrator.get(history(initiative)))
    assert "題29" in page
    assert "題2<" not in page
    assert "題2<" in words(administrator.get(f"{history(initiative)}?p=2"))


@pytest.mark.parametrize(
    "who", [make_headquarters_editor, lambda: make_editor("kushiro")], ids=["headquarters", "office"]
)
def test_the_list_over_everything_is_for_administrators(who, administrator):
    assert browser(who()).get(CHANGES).status_code == 403
    start = words(administrator.get("/admin/"))
    assert f'href="{CHANGES}"' in start
    assert administrator.get(CHANGES).status_code == 200


def test_the_list_says_who_changed_what_from_what_to_what(administrator):
    initiative = make_initiative(title="もとの名前")
    changed(initiative, make_editor("kushiro"), title="あとの名前")
    make_budget_figure().type_in(make_headquarters_editor())
    page = words(administrator.get(CHANGES))
    for shown in ("釧路の編集者", "<del>もとの名前</del>", "<ins>あとの名前</ins>", "本庁の編集者が入力", "予算額"):
        assert shown in page, shown


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ({"by": "kushiro"}, "釧路が変えた", "根室が変えた"),
        ({"office": "nemuro"}, "根室が変えた", "釧路が変えた"),
        ({"kind": "support.budgetfigure"}, "が入力", "が変えた"),
        ({"kind": "regions.initiative"}, "釧路が変えた", "が入力"),
        ({"until": "yesterday"}, "当てはまる変更はありません", "が変えた"),
        ({"since": "yesterday"}, "釧路が変えた", "当てはまる変更"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_the_list_is_narrowed(administrator, asked, shown, hidden):
    editors = {slug: make_editor(slug) for slug in ("kushiro", "nemuro")}
    for slug, name in (("kushiro", "釧路"), ("nemuro", "根室")):
        initiative = make_initiative(subprefecture=make_subprefecture(slug))
        changed(initiative, editors[slug], title=f"{name}が変えた")
    make_budget_figure().type_in(make_headquarters_editor())
    means = {"yesterday": str(localdate() - timedelta(days=1))}
    if "by" in asked:
        means["kushiro"] = editors["kushiro"].pk
    if "office" in asked:
        means["nemuro"] = make_subprefecture("nemuro").pk
    page = words(administrator.get(CHANGES, {key: means.get(value, value) for key, value in asked.items()}))
    listed = page[page.index('class="versions"') :]
    assert shown in listed
    assert hidden not in listed


def test_figures_of_an_office_are_in_its_list_also_when_they_are_gone(administrator):
    """By the rule of their kind: what towns took is their office's, the budget is headquarters'."""
    editor, program = make_headquarters_editor(), make_program()
    stays = make_uptake(program=program, municipality=make_municipality("別海町"))
    gone = make_uptake(program=program, municipality=make_municipality("羅臼町"))
    other = make_uptake(program=program, municipality=make_municipality("釧路市"))
    for figure in (stays, gone, other, make_budget_figure(program=program)):
        figure.type_in(editor)
    gone.take_out(editor)
    page = words(administrator.get(CHANGES, {"office": make_subprefecture("nemuro").pk}))
    listed = page[page.index('class="versions"') :]
    assert "別海町" in listed
    assert listed.count("羅臼町") == 2
    assert "釧路市" not in listed
    assert "予算額" not in listed


@pytest.mark.parametrize(
    "query", ["?by=x&office=%01&kind=y&since=z&p=0", "?p=-1", "?p=９", "?p=99999999999", "?by=9e9"]
)
def test_junk_is_no_error(administrator, query):
    assert administrator.get(f"{CHANGES}{query}").status_code == 200


@pytest.mark.exhaustive
def test_the_list_asks_the_database_as_often_for_many_changes_as_for_few(administrator, django_assert_max_num_queries):
    editor = make_editor("kushiro")
    for number in range(60):
        changed(make_initiative(), editor, title=f"題{number}")
        make_budget_figure().type_in(editor)
    with django_assert_max_num_queries(16):
        page = words(administrator.get(CHANGES))
    assert "古い方へ" in page
    assert words(administrator.get(f"{CHANGES}?p=3")).count("<li>") > 0


def test_a_change_has_a_page_with_all_of_it_and_the_way_to_the_record(administrator):
    initiative = make_initiative(title="もと", status="draft")
    changed(initiative, make_editor("kushiro"), title="あと")
    version = Version.objects.of(Initiative, initiative.pk).order_by("-number").first()
    page = words(administrator.get(f"{CHANGES}{version.pk}/change/"))
    assert "<ins>あと</ins>" in page
    assert history(initiative) in page
    with recording(origin=Origin.COMMAND, reference="試し") as changes:
        changes.watch(Initiative, [initiative.pk])
        Initiative.objects.filter(pk=initiative.pk).delete()
    gone = Version.objects.order_by("-pk").first()
    assert "削除しました" in words(administrator.get(f"{CHANGES}{gone.pk}/change/"))


def test_nobody_posts_to_a_change(administrator):
    changed(make_initiative(), make_editor("kushiro"), title="あと")
    version = Version.objects.order_by("-pk").first()
    administrator.post(f"{CHANGES}{version.pk}/change/", {"label": "x"})
    administrator.post(f"{CHANGES}{version.pk}/delete/", {"post": "yes"})
    version.refresh_from_db()
    assert version.label != "x"
    assert administrator.get(f"{CHANGES}add/").status_code == 403
