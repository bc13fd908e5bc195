from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from regions.models import Initiative, RegionalPolicy
from sumairu.publishing.models import Status
from support.models import Program, ProgramEdition
from support.notices.models import Notice
from tests.factories import make_edition, make_initiative, make_notice, make_policy

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
DAYS = [None, date(2026, 11, 23), TODAY, date(2026, 11, 25)]
SPANS = [(first, last) for first in DAYS for last in DAYS if not (first and last) or first <= last]
MAKERS = {Initiative: make_initiative, RegionalPolicy: make_policy, ProgramEdition: make_edition, Notice: make_notice}


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("publish_on", "unpublish_on"), SPANS)
def test_published_rows_are_those_that_say_so(model, status, publish_on, unpublish_on):
    row = MAKERS[model](status=status, publish_on=publish_on, unpublish_on=unpublish_on)
    expected = status == Status.PUBLISHED and publish_on in DAYS[:3] and unpublish_on in (None, TODAY, DAYS[3])
    assert row.is_published(TODAY) == (row in model.objects.published(TODAY)) == expected


def test_today_is_the_day_in_hokkaido():
    row = make_initiative(publish_on=localdate(), unpublish_on=localdate())
    assert row.is_published()
    assert row in Initiative.objects.published()


@pytest.mark.parametrize("status", Status)
def test_a_programme_is_public_through_an_edition(status):
    program = make_edition(status=status).program
    assert program.is_published() == (program in Program.objects.published()) == (status == Status.PUBLISHED)


def test_days_out_of_order_are_refused_in_words():
    row = make_initiative()
    row.publish_on, row.unpublish_on = date(2026, 4, 2), date(2026, 4, 1)
    with pytest.raises(ValidationError, match="公開の最終日が、公開する日より前です"):
        row.full_clean()


def test_an_edition_carried_over_is_not_published_unread():
    edition = make_edition()
    edition.is_carried_over = True
    with pytest.raises(ValidationError, match="前年度のまま・未確認"):
        edition.full_clean()
