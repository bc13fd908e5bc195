"""The pages of the journal: what is read in which order, what is withdrawn openly, what never shows."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from support.journal.models import Article
from tests.costs import page, queries_of
from tests.factories import make_article, make_case, make_edition, make_initiative, make_issue, make_program

pytestmark = pytest.mark.django_db


def test_articles_are_read_one_after_another(client):
    issue = make_issue(number=12)
    first, second = (make_article(issue=issue, title=title, order=order) for title, order in (("一", 1), ("二", 2)))
    assert (first.get_absolute_url(), second.get_absolute_url()) == ("/journal/12/1/", "/journal/12/2/")
    html = page(client, "/journal/12/1/")
    assert "次の記事：二" in html
    assert "前の記事" not in html
    assert "前の記事：一" in page(client, "/journal/12/2/")
    assert page(client, "/journal/12/all/").index(">一</h2>") < page(client, "/journal/12/all/").index(">二</h2>")


def test_an_article_keeps_its_address_wherever_it_is_moved():
    issue = make_issue()
    first, second = make_article(issue=issue), make_article(issue=issue)
    second.order, first.order = 1, 2
    second.save()
    assert second.number == 2
    draft = make_issue(status="draft")
    gone = make_article(issue=draft)
    gone.delete()
    assert make_article(issue=draft).number == 2  # the number of one that is gone is not given again


def test_an_article_is_public_as_long_as_its_issue(client):
    hidden = make_article(issue=make_issue(number=3, status="draft"), title="まだの記事")
    assert client.get(hidden.get_absolute_url()).status_code == 404
    ended = make_article(issue=make_issue(number=4, status="ended"), title="終わった記事")
    answer = client.get(ended.get_absolute_url())
    assert answer.status_code == 410
    assert "終わった記事" not in answer.content.decode()
    assert client.get("/journal/5/1/").status_code == 404
    make_issue(number=5)
    assert client.get("/journal/5/1/").status_code == 404


def test_the_rule_and_its_twin_agree():
    rows = [make_article(issue=make_issue(status=status)) for status in ("draft", "published", "ended")]
    rows.append(make_article(issue=make_issue(), withdrawn_because="誤りのため"))
    public = set(Article.objects.published())
    assert {row for row in rows if row.is_published()} == public
    assert len(public) == 1


def test_what_is_withdrawn_says_why_and_nothing_else(client):
    article = make_article(issue=make_issue(number=6), body="まちがった数", withdrawn_because="数に誤りがありました。")
    for address in (article.get_absolute_url(), "/journal/6/all/"):
        html = page(client, address)
        assert "数に誤りがありました。" in html
        assert "まちがった数" not in html


def test_what_people_have_read_is_not_deleted():
    article = make_article()
    with pytest.raises(ProtectedError, match="取り下げの理由"):
        article.delete()
    with pytest.raises(ProtectedError):
        Article.objects.all().delete()
    draft = make_article(issue=make_issue(status="draft"))
    draft.delete()


def test_an_initiative_is_taken_over_as_it_stands():
    initiative = make_initiative(title="海の取組", summary="海をみる。", body="海へ行く。", result="人が来た。")
    article = Article(issue=make_issue(), initiative=initiative)
    article.full_clean()
    article.save()
    assert (article.title, article.lead) == ("海の取組", "海をみる。")
    assert article.body == "海へ行く。\n\n# 成果\n\n人が来た。"
    kept = Article(issue=article.issue, initiative=initiative, title="別の題")
    kept.full_clean()
    assert kept.title == "別の題"


def test_a_case_is_taken_over_with_a_heading_for_each_thing_it_tells():
    case = make_case(reason="人が減りました。", body="食堂を借りました。", lessons="曜日を決めすぎました。")
    article = Article(issue=make_issue(), case=case)
    article.full_clean()
    told = [
        "取り組んだ理由",
        "人が減りました。",
        "取り組んだこと",
        "食堂を借りました。",
        "うまくいかなかったこと、学んだこと",
    ]
    assert [article.body.index(each) for each in told] == sorted(article.body.index(each) for each in told)
    both = Article(issue=article.issue, case=case, initiative=make_initiative(), title="題", body="本文")
    with pytest.raises(ValidationError, match="どちらか一つ"):
        both.full_clean()


def test_a_draft_is_not_taken_over():
    article = Article(issue=make_issue(), initiative=make_initiative(status="draft", title="秘密の取組"))
    with pytest.raises(ValidationError, match="公開したことのある"):
        article.full_clean()
    assert "秘密" not in article.title


def test_it_stands_on_the_page_of_the_programme_and_of_the_initiative(client):
    make_edition(program=make_program(slug="sosei-journal"))
    initiative = make_initiative()
    article = make_article(issue=make_issue(title="海の特集"), initiative=initiative, title="海を読む")
    assert "海の特集" in page(client, "/programs/sosei-journal/")
    assert article.get_absolute_url() in page(client, initiative.get_absolute_url())
    case = make_case()
    about = make_article(case=case, title="事例を読む")
    assert about.get_absolute_url() in page(client, case.get_absolute_url())
    assert case.get_absolute_url() in page(client, about.get_absolute_url())


def test_a_list_of_many_asks_as_little_as_of_one(client):
    make_article()
    one = queries_of(client, "/journal/")
    for _ in range(5):
        make_article()
    assert queries_of(client, "/journal/") == one


@pytest.mark.parametrize("address", ["/journal/0/", "/journal/99999/", "/journal/1/0/", "/journal/９/", "/journal/-1/"])
def test_junk_in_addresses(client, address):
    assert client.get(address).status_code == 404
