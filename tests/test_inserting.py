import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from sumairu.imports.models import FigureChange
from sumairu.inserting import insert_rows
from tests.factories import make_budget_figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def change():
    return FigureChange.of(make_budget_figure(), None, 1_000)


def row_of(change, **differing):
    names = [field.attname for field in FigureChange._meta.concrete_fields if not field.primary_key]
    return {name: getattr(change, name) for name in names} | {"changed_at": now()} | differing


def test_rows_are_as_bulk_create_would_have_made_them(change):
    keys = [{"program_id": 3, "supplement": "2月補正", "subprefecture_id": None}, {}]
    rows = [
        row_of(change, key=key, note="％と'と\n", before=before) for key, before in zip(keys, (None, -5), strict=True)
    ]
    insert_rows(FigureChange, rows)
    inserted = list(FigureChange.objects.order_by("pk"))
    FigureChange.objects.bulk_create([FigureChange(**row) for row in rows])
    made = list(FigureChange.objects.order_by("pk"))[len(inserted) :]
    for field in FigureChange._meta.concrete_fields:
        if not field.primary_key and field.name != "changed_at":
            assert [getattr(each, field.attname) for each in inserted] == [
                getattr(each, field.attname) for each in made
            ]
    assert [each.changed_at for each in inserted] == [row["changed_at"] for row in rows]


def test_nothing_is_inserted_where_one_row_cannot_be(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(FigureChange, [row_of(change), row_of(change, label=None)])
    assert not FigureChange.objects.exists()


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(FigureChange, [])
