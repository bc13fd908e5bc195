"""Several who keep what they typed in the same moment, on real connections."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from sumairu.drafts.models import KEPT_FOR, Draft, DraftFile
from tests.at_once import at_once
from tests.factories import make_editor
from tests.imports.conftest import database_file, shared_database  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database")]


def test_several_forget_the_expired_at_once():
    user, old = make_editor("kushiro"), now() - KEPT_FOR - timedelta(minutes=1)
    drafts = [Draft(user=user, key=f"{n:032}", path="/", why="invalid", stored_at=old) for n in range(120)]
    for draft in Draft.objects.bulk_create(drafts):
        DraftFile.objects.create(draft=draft, key=draft.key, field="file", name="表.pdf", content=b"%PDF", size=4)
    kept = Draft.objects.create(user=user, key="a" * 32, path="/", why="invalid")
    assert at_once(*[lambda: Draft.objects.delete_expired() or True] * 6) == [True] * 6
    assert list(Draft.objects.all()) == [kept]
