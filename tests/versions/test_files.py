from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from regions.models import Initiative
from sumairu.models import StoredFile
from sumairu.versions.files import purge, unnamed
from sumairu.versions.models import Origin, Version
from sumairu.versions.recording import recording
from tests.factories import make_edition, make_editor, make_file, make_initiative, make_run

pytestmark = pytest.mark.django_db


def test_what_a_record_a_version_or_a_run_names_stays_and_the_rest_goes():
    initiative = make_initiative(status="draft")
    initiative.attachments.create(title="様式", file=make_file("いま.csv", b"a"))
    removed = initiative.attachments.create(title="様式", file=make_file("前の版.csv", b"b"))
    make_edition().attachments.create(title="要綱", file=make_file("要綱.csv", b"c"))
    make_run(file=make_file("予算.xlsx"))
    make_file("だれも使わない.csv", b"d")
    with recording(by=make_editor("kushiro"), origin=Origin.COMMAND, reference="試し") as changes:
        changes.watch(Initiative, [initiative.pk])
        removed.delete()
    assert removed.file_id in {pk for files in Version.objects.values_list("files", flat=True) for pk in files}
    assert [file.name for file in unnamed()] == ["だれも使わない.csv"]
    assert [file.name for file in purge()] == ["だれも使わない.csv"]
    assert StoredFile.objects.count() == 4
    assert purge() == []


def test_the_command_can_be_tried_without_deleting():
    file = make_file("だれも使わない.csv", b"d")
    StoredFile.objects.filter(pk=file.pk).update(stored_at=datetime(2026, 3, 31, 15, 30, tzinfo=UTC))
    told = StringIO()
    call_command("purge_files", "--dry-run", stdout=told)
    assert "だれも使わない.csv（1バイト、2026-04-01）" in told.getvalue()
    assert "1件、1バイトを消せます" in told.getvalue()
    assert StoredFile.objects.exists()
    call_command("purge_files", stdout=told)
    assert not StoredFile.objects.exists()
