import pytest

from regions.models import Initiative
from sumairu import paging
from sumairu.paging import BoundedPaginator, count_to_most, count_words
from tests.factories import make_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def most_is_three(monkeypatch):
    monkeypatch.setattr(paging, "MOST", 3)


@pytest.mark.parametrize(("rows", "words"), [(0, "0件"), (3, "3件"), (4, "3件以上"), (6, "3件以上")])
def test_what_there_is_is_counted_to_the_most_and_then_said_to_be_more(rows, words):
    for _ in range(rows):
        make_initiative()
    pages = BoundedPaginator(Initiative.objects.all(), 2)
    assert pages.count_words == words == count_words(count_to_most(Initiative.objects.all()))
    assert pages.count == min(rows, 3)
    assert pages.has_more == (rows > 3)


def test_pages_end_where_counting_does():
    made = [make_initiative() for _ in range(6)]
    pages = BoundedPaginator(Initiative.objects.order_by("pk"), 2)
    assert pages.num_pages == 2
    assert list(pages.get_page(99)) == made[2:3]


def test_rows_of_a_page_stand_in_the_order_in_which_they_were_found_and_are_read_as_asked(django_assert_num_queries):
    made = [make_initiative() for _ in range(3)]
    rows = Initiative.objects.select_related("subprefecture").order_by("pk")
    page = BoundedPaginator(Initiative.objects.order_by("-pk"), 2, rows).page(1)
    with django_assert_num_queries(0):
        assert [row.subprefecture.slug for row in page] == ["kushiro", "kushiro"]
    assert list(page) == made[:0:-1]


def test_thousands_are_read_as_thousands(monkeypatch):
    monkeypatch.setattr(paging, "MOST", 1_000)
    assert [count_words(count) for count in (999, 1_000, 1_001)] == ["999件", "1,000件", "1,000件以上"]
