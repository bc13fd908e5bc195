"""A form asks the database as often for twenty rows beneath as for one, and not often."""

import pytest
from django.urls import reverse

from tests.exhaustive import sample
from tests.factories import (
    OFFICES,
    make_administrator,
    make_desk,
    make_edition,
    make_editor,
    make_fact,
    make_headquarters_editor,
    make_initiative,
    make_local_note,
    make_municipal_fact,
    make_municipality,
    make_picture,
    make_program,
    make_program_desk,
    make_rule,
    make_subprefecture,
    make_theme,
    make_window,
)

pytestmark = pytest.mark.django_db


def municipality(rows):
    town = make_municipality()
    for number in range(rows):
        make_municipal_fact(municipality=town, fact=make_fact(f"fact-{number}"))
    return make_administrator(), town


def initiative(rows):
    make_theme()
    make_municipality()
    row = make_initiative(status="draft")
    for number in range(rows):
        row.links.create(label=f"リンク{number}", url="https://example.jp/")
        make_picture(row)
    return make_editor("kushiro"), row


def program(rows):
    row = make_program()
    offices = [make_subprefecture(slug) for slug in OFFICES]
    for number in range(rows):
        row.aliases.create(name=f"別名{number}")
        office = None if number >= len(offices) else offices[number]
        if number <= len(offices):
            make_program_desk(program=row, subprefecture=office, desk=make_desk(subprefecture=office))
    return make_headquarters_editor(), row


def edition(rows):
    row = make_edition()
    for number in range(rows):
        make_rule(edition=row, order=number)
        make_window(edition=row)
    for slug in list(OFFICES)[:rows]:
        make_local_note(edition=row, subprefecture=make_subprefecture(slug))
    return make_headquarters_editor(), row


@pytest.mark.exhaustive
@pytest.mark.parametrize("rows", sample([20, 1], every=2))
@pytest.mark.parametrize(
    ("made", "most"),
    [(municipality, 20), (initiative, 35), (program, 24), (edition, 28)],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_a_form_asks_as_often_for_twenty_rows_as_for_one(client, django_assert_max_num_queries, made, most, rows):
    user, row = made(rows)
    client.force_login(user)
    address = reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])
    client.get(address)  # what is asked once in a process
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200
