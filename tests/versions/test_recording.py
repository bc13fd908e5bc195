"""What a version holds, that each change makes one, and that nobody changes or deletes one."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from regions.models import Desk, Initiative, Municipality, Theme
from sumairu.access import rule_for
from sumairu.append_only import AppendOnly
from sumairu.versions.models import Origin, Version
from sumairu.versions.recording import recording
from sumairu.versions.snapshots import stamp, take
from sumairu.versions.tracked import place_of, records, untracked
from support.models import ApplicationWindow, ProgramEdition
from tests.factories import (
    make_attachment,
    make_desk,
    make_edition,
    make_initiative,
    make_municipal_fact,
    make_municipality,
    make_rule,
    make_theme,
    make_window,
)

pytestmark = pytest.mark.django_db


def recorded(model, pk, **fields):
    """A change of one record made with all due form."""
    with recording(origin=Origin.ACTION, reference="試し") as changes:
        changes.watch(model, [pk])
        model.objects.filter(pk=pk).update(**fields)


def of(row):
    return Version.objects.of(type(row), row.pk).order_by("number")


def test_whatever_staff_can_change_has_versions_or_a_reason_why_not():
    missing = [
        model._meta.label
        for model in apps.get_models()
        if (rule := rule_for(model)) and rule.kept_by and rule.actions
        if place_of(model) is None and not untracked().get(model)
    ]
    assert not missing, (
        "neither TRACKED, nor beneath a record, nor UNTRACKED with a reason (see sumairu/versions/tracked.py)"
    )


def test_no_row_lies_beneath_two_records():
    beneath = [row for rows in records().values() for row in rows]
    assert len(beneath) == len(set(beneath))
    assert not set(beneath) & set(records())


def test_a_version_can_be_read_without_what_it_points_to():
    initiative = make_initiative(body="一行目\r\n二行目", publish_on="2026-04-01", partners="")
    initiative.themes.add(make_theme())
    initiative.links.create(label="外", url="https://example.jp/")
    attachment = make_attachment(initiative, "様式")
    snapshot = take(Initiative, [initiative.pk])[initiative.pk]
    fields, rows = snapshot.content["fields"], snapshot.content["rows"]
    assert fields["subprefecture"] == {"id": initiative.subprefecture_id, "label": "釧路総合振興局"}
    assert [theme["label"] for theme in fields["themes"]] == ["観光"]
    assert (fields["body"], fields["publish_on"], fields["is_sample"]) == ("一行目\n二行目", "2026-04-01", False)
    assert [row["label"] for row in rows["regions.initiativelink"].values()] == ["外"]
    assert rows["regions.initiativeattachment"][str(attachment.pk)]["file"]["label"] == attachment.file.name
    assert (snapshot.files, snapshot.office) == ([attachment.file_id], initiative.subprefecture_id)
    assert "updated_at" not in fields


def test_what_others_are_called_and_how_lines_end_is_no_change():
    initiative = make_initiative(body="一\r\n二\r\n", summary="要約")
    initiative.themes.add(theme := make_theme())
    before = stamp(Initiative, initiative.pk)
    Theme.objects.filter(pk=theme.pk).update(name="べつの名前")
    Initiative.objects.filter(pk=initiative.pk).update(body="一\n二")
    assert stamp(Initiative, initiative.pk) == before
    Initiative.objects.filter(pk=initiative.pk).update(body="一\n\n二")
    assert stamp(Initiative, initiative.pk) != before


def test_what_stood_before_the_first_change_is_kept_too():
    initiative = make_initiative(title="もと")
    recorded(Initiative, initiative.pk, title="つぎ")
    recorded(Initiative, initiative.pk, title="つぎ")  # no change, so no version
    recorded(Initiative, initiative.pk, title="さらに")
    told = [(v.number, v.origin, v.content["fields"]["title"]) for v in of(initiative)]
    assert told == [(1, "before", "もと"), (2, "action", "つぎ"), (3, "action", "さらに")]
    assert [v.previous and v.previous.number for v in of(initiative)] == [None, 1, 2]


def test_what_was_changed_past_the_record_is_in_it_from_the_next_change_on():
    initiative = make_initiative(title="もと")
    recorded(Initiative, initiative.pk, title="二")
    Initiative.objects.filter(pk=initiative.pk).update(title="だまって三")
    recorded(Initiative, initiative.pk, title="四")
    assert [v.content["fields"]["title"] for v in of(initiative)] == ["もと", "二", "だまって三", "四"]
    assert [v.origin for v in of(initiative)] == ["before", "action", "before", "action"]


def test_a_change_of_a_row_beneath_is_one_of_the_record():
    window = make_window()
    recorded(ApplicationWindow, window.pk, note="変えた")
    newest = of(window.edition).last()
    assert newest.content["rows"]["support.applicationwindow"][str(window.pk)]["note"] == "変えた"


def test_what_is_made_and_what_is_deleted_has_versions():
    with recording(origin=Origin.COMMAND, reference="試し") as changes:
        desk = make_desk(section="商工労働係")
        changes.made(Desk, [desk.pk])
    made = of(desk).get()
    with recording(origin=Origin.COMMAND, reference="試し") as changes:
        changes.watch(Desk, [desk.pk])
        desk_pk = desk.pk
        desk.delete()
    gone = Version.objects.of(Desk, desk_pk).order_by("number").last()
    assert (made.origin, made.number, gone.number, gone.is_deletion) == ("command", 1, 2, True)
    assert "商工労働係" in gone.label


def test_what_is_rolled_back_leaves_no_version():
    initiative = make_initiative()
    with recording(origin=Origin.COMMAND) as changes:
        changes.watch(Initiative, [initiative.pk])
        Initiative.objects.update(title="x")
        transaction.set_rollback(True)
    transaction.set_rollback(False)
    assert not Version.objects.exists()


@pytest.mark.parametrize("count", [1, 12])
def test_many_records_are_recorded_with_as_many_queries_as_one(count, django_assert_max_num_queries):
    editions = [make_edition() for _ in range(count)]
    for edition in editions:
        make_rule(edition=edition)
        make_window(edition=edition)
    with django_assert_max_num_queries(52), recording(origin=Origin.ACTION) as changes:
        changes.watch(ProgramEdition, [edition.pk for edition in editions])
        ProgramEdition.objects.update(summary="変えた")
    assert Version.objects.count() == 2 * count  # what stood before, and what came


def test_comparing_a_town_with_all_its_facts_takes_two_queries(django_assert_num_queries):
    fact = make_municipal_fact(municipality=make_municipality())
    with django_assert_num_queries(2):
        assert stamp(Municipality, fact.municipality_id)


def test_nobody_changes_or_deletes_a_version():
    initiative = make_initiative()
    recorded(Initiative, initiative.pk, title="つぎ")
    version = of(initiative).last()
    for act in (
        version.save,
        version.delete,
        Version.objects.all().delete,
        lambda: Version.objects.update(label="x"),
        lambda: Version.objects.bulk_update([version], ["label"]),
    ):
        with pytest.raises(AppendOnly):
            act()


@pytest.mark.parametrize("statement", ["UPDATE versions_version SET label = 'x'", "DELETE FROM versions_version"])
def test_the_database_lets_nobody_either(statement):
    recorded(Initiative, make_initiative().pk, title="つぎ")
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
