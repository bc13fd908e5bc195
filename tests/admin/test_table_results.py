"""What the preview of a table tells: rows by Excel's numbers, all that is wrong at once, only what changes."""

from io import BytesIO
from itertools import product

import pytest
from openpyxl import load_workbook

from regions.models import Initiative, Municipality, Subprefecture
from sumairu.admin import resources
from sumairu.admin.table_results import narrowed, same_text
from tests.admin.test_tables import as_csv, as_xlsx, confirm, upload, words
from tests.exhaustive import sample
from tests.factories import make_editor, make_initiative, make_municipality, make_subprefecture, make_theme

pytestmark = pytest.mark.django_db

HEAD = ["取組コード", "振興局", "年度", "取組名", "要約", "公開の状態"]


@pytest.fixture
def kushiro(client):
    client.force_login(make_editor("kushiro"))
    return client


def told(preview):
    """Line and reasons of each row that cannot be taken."""
    return {fault.line: fault.reasons for fault in preview.context_data["result"].faults}


def changed(preview):
    """Line and differences of each row that can."""
    return {row.line: row.changes for row in preview.context_data["result"].outcomes}


def test_all_faults_are_told_at_once_with_excels_own_rows_and_the_titles_of_columns(kushiro):
    row = make_initiative()
    table = [
        ["取組の一覧"],
        [],
        [*HEAD, "分野", "公開する日", "関係する市町村"],
        [row.code, "釧路", "令和3年度", "よい取組", "要約", "下書き", "", "", ""],
        [],
        ["kushiro-2022-1", "釧路", "三年", "", "要約", "公表", "ない分野", "4月1日", "ない町"],
        [],
        ["kushiro-2022-2", "根室", "R4", "他所", "要約", "下書き", "", "", ""],
    ]
    for content, name in ((as_xlsx({"一覧": table}), "表.xlsx"), (as_csv(table), "表.csv")):
        preview = upload(kushiro, Initiative, content, name)
        faults = told(preview)
        assert list(faults) == [6, 8]
        said = " ".join(faults[6])
        for part in (
            "年度：",
            "取組名：空欄です。",
            "公開の状態：",
            "分野：「ない分野」",
            "公開する日：",
            "関係する市町村：「ない町」",
        ):
            assert part in said, said
        assert "振興局：「根室」という振興局は選べません" in " ".join(faults[8])
        assert "6行目" in words(preview)
        assert "title：" not in words(preview)
        assert preview.context_data.get("confirm_form") is None


def test_unknown_and_doubled_columns_are_all_told(kushiro):
    page = words(
        upload(kushiro, Initiative, as_csv([["取組コード", "あ", "い", "取組名", "取組名"], ["x", "", "", "", ""]]))
    )
    assert "見出し「あ」「い」の列は取り込めません" in page
    assert "同じ見出しの列が二つあります（「取組名」）" in page


def test_one_record_in_two_rows_is_a_fault(kushiro):
    row = make_initiative()
    preview = upload(kushiro, Initiative, as_csv([["取組コード", "取組名"], [row.code, "一"], [], [row.code, "二"]]))
    assert told(preview) == {4: [f"2行目にも「{row.code}」があります。どちらかを消してください。"]}


def test_a_row_shows_what_changes_alone_with_old_and_new(kushiro):
    row = make_initiative(title="前", summary="要約")
    same = make_initiative(title="同じ")
    preview = upload(
        kushiro,
        Initiative,
        as_csv([["取組コード", "取組名", "要約"], [same.code, "同じ", same.summary], [row.code, "後", "要約"]]),
    )
    assert changed(preview) == {3: [("取組名", "前", "後")]}
    assert "変わらない1行は、ここに出しません" in words(preview)


@pytest.mark.parametrize(
    ("stored", "given"),
    sample(
        product(
            ["一\r\n二", "一\n二", "一 \n二\n"],
            ["一\r\n二", "一\n二", "一\r二", "一\n二  ", "一　\n二\n\n"],
        ),
        every=4,
    ),
)
def test_how_lines_end_is_no_change(kushiro, stored, given):
    row = make_initiative(body=stored, title="名前")
    preview = upload(kushiro, Initiative, as_csv([["取組コード", "本文", "取組名"], [row.code, given, "名前 "]]))
    assert preview.context_data["result"].totals["skip"] == 1, words(preview)
    preview = upload(kushiro, Initiative, as_csv([["取組コード", "本文", "取組名"], [row.code, given, "新しい"]]))
    assert changed(preview) == {2: [("取組名", "名前", "新しい")]}
    row.refresh_from_db()
    assert row.body == stored


OFFICES = ["釧路", "釧路総合振興局", "kushiro", "釧路振興局", "北海道釧路総合振興局", " 釧路 "]
TOWNS = ["012068", "12068", 12068, "01206", "１２０６８", "釧路市", "北海道釧路市", "厚岸", "厚岸郡厚岸町"]


@pytest.mark.parametrize(
    ("office", "town"),
    sample([*((office, "釧路市") for office in OFFICES), *(("釧路", town) for town in TOWNS)], every=4),
)
def test_offices_and_towns_are_found_by_name_and_by_code(kushiro, office, town):
    make_subprefecture(), make_municipality("釧路市"), make_municipality("厚岸町", county="厚岸郡")
    table = [[*HEAD, "関係する市町村"], ["kushiro-2022-1", office, "R4", "取組", "要約", "draft", town]]
    preview = upload(kushiro, Initiative, as_xlsx({"一覧": table}), "表.xlsx")
    assert told(preview) == {}
    confirm(kushiro, Initiative, preview)
    row = Initiative.objects.get()
    assert row.subprefecture.slug == "kushiro"
    assert [one.name for one in row.municipalities.all()] == ["厚岸町" if "厚" in str(town) else "釧路市"]


@pytest.mark.parametrize("mark", sample([";", "；", "、", ",", "，", "\n"], every=3))
def test_several_are_parted_as_people_part_them(kushiro, mark):
    make_municipality("釧路市"), make_municipality("厚岸町"), make_theme()
    row = make_initiative()
    preview = upload(kushiro, Initiative, as_csv([["取組コード", "関係する市町村"], [row.code, f"釧路市{mark}016624"]]))
    confirm(kushiro, Initiative, preview)
    assert row.municipalities.count() == 2


def test_a_name_of_two_towns_is_told_with_both_codes(kushiro):
    for code, county in (("014036", "古宇郡"), ("016969", "国後郡")):
        make_village(code, county)
    row = make_initiative()
    preview = upload(kushiro, Initiative, as_csv([["取組コード", "関係する市町村"], [row.code, "泊村"]]))
    [reason] = told(preview)[2]
    assert "「泊村」という市町村は2つあります" in reason
    assert "014036（古宇郡泊村）、016969（国後郡泊村）" in reason
    preview = upload(kushiro, Initiative, as_csv([["取組コード", "関係する市町村"], [row.code, "古宇郡泊村"]]))
    assert told(preview) == {}


def make_village(code, county):
    fields = {"name": "泊村", "kana": "とまりむら", "romaji": "Tomari", "kind": "村", "population": 1}
    fields |= {"subprefecture": make_subprefecture(), "county": county}
    return Municipality.objects.create(code=code, code5=code[:5], **fields)


def test_only_so_many_names_are_looked_up(kushiro, monkeypatch):
    monkeypatch.setattr(resources, "MOST_NAMES", 5)
    named = ";".join(f"ない町{number}" for number in range(9))
    preview = upload(kushiro, Initiative, as_csv([["取組コード", "関係する市町村"], [make_initiative().code, named]]))
    assert told(preview) == {
        2: [
            "関係する市町村：ほかの記録を指す名前やコードが多すぎます。1回に取り込めるのは5種類までです。表を分けてください。"
        ]
    }


@pytest.mark.parametrize("text", ["釧", "くしろ", "釧路村", "札幌"])
def test_no_town_is_taken_that_is_merely_alike(text):
    make_municipality("釧路市")
    assert not Municipality.objects.named(text).exists()


def test_an_office_is_named_in_every_way():
    make_subprefecture(), make_subprefecture("nemuro")
    assert [office.slug for office in Subprefecture.objects.named("根室管内")] == ["nemuro"]
    assert not Subprefecture.objects.named("根").exists()


def test_the_rows_to_mend_come_back_as_a_workbook_that_can_be_mended_and_chosen_again(kushiro, client):
    good, bad = make_initiative(), make_initiative(title="前")
    table = [["取組コード", "取組名", "要約"], [good.code, "よい", "要約"], [bad.code, "", "=要約"]]
    preview = upload(kushiro, Initiative, as_csv(table))
    address = preview.context_data["rejected_url"]
    book = load_workbook(BytesIO(b"".join(kushiro.get(address).streaming_content)))
    head, row = book.active.iter_rows(values_only=True)
    assert head == ("もとの行", "取組コード", "取組名", "要約", "取り込めない理由")
    assert row[:2] == (3, bad.code)
    assert row[4].startswith("取組名：")
    book.active["C2"] = "直した"
    mended = BytesIO()
    book.save(mended)
    preview = upload(kushiro, Initiative, mended.getvalue(), "直す行.xlsx")
    assert told(preview) == {}
    confirm(kushiro, Initiative, preview)
    bad.refresh_from_db()
    assert bad.title == "直した"
    client.force_login(make_editor("nemuro"))
    assert client.get(address).status_code == 404


def test_a_long_text_shows_where_it_differs():
    old, new = narrowed("あ" * 500 + "前" + "い" * 500, "あ" * 500 + "後ろ" + "い" * 500)
    assert (old, new) == ("…" + "あ" * 60 + "前" + "い" * 60 + "…", "…" + "あ" * 60 + "後ろ" + "い" * 60 + "…")
    assert narrowed("a" * 300, "a" * 299) == ("…" + "a" * 61, "…" + "a" * 60)
    assert narrowed("前", "後") == ("前", "後")
    assert narrowed("一\n前\n二", "一\n後\n三\n二") == ("…\n前\n…", "…\n後\n三\n…")
    assert not same_text("一", "二")
