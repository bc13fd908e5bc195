"""No table that anybody gets from the portal holds a cell that a spreadsheet would calculate, whatever was typed into it.

The doors are found, not listed: every address of the URLconf is asked, and every model of the admin for its export, its
import and what that gives back. What answers with a CSV or a workbook is read.
"""

import csv
from contextlib import suppress
from io import BytesIO, StringIO
from itertools import product
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, models, transaction
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from openpyxl import load_workbook

from sumairu.descriptions import tables
from sumairu.fields import KeyField
from sumairu.imports.models import ImportRun
from sumairu.lib.formulas import FORMULA_STARTS, is_formula
from sumairu.models import StoredFile
from sumairu.publishing.models import Status
from tests.factories import make_administrator, make_attachment, make_edition, make_file, make_initiative
from tests.test_access_matrix import world  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db

SAID = "1+1の続き"
# First a full-width one, which the admin's own list once lacked.
STARTS = ["＝", *(start for start in FORMULA_STARTS if start != "＝")]


@pytest.fixture
def staff(client):
    client.force_login(make_administrator())
    return client


def typed(world, start):  # noqa: F811
    """Let every text of every row begin with `start`, where its column takes that."""
    for rows in world.values():
        for row in rows.values():
            for field in row._meta.concrete_fields:
                is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
                if is_text and not isinstance(field, KeyField | models.EmailField | models.URLField):
                    _set(row, field, f"{start}{SAID}"[: field.max_length])
    StoredFile.objects.update(name=f"{start.strip() or '='}{SAID}.xlsx")


def _set(row, field, text):
    try:
        with transaction.atomic():
            models.QuerySet(type(row)).filter(pk=row.pk).update(**{field.name: text})
    except DatabaseError:  # a code, one of a few words, or written once
        pass


def addresses(patterns=None, prefix="", spaces=()):
    """Every address of the URLconf as (name, names of its arguments, the admin of the model it is of)."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, prefix, [*spaces, *filter(None, [pattern.namespace])])
        elif pattern.name:
            name = ":".join([*spaces, pattern.name])
            yield name, list(pattern.pattern.converters), getattr(pattern.callback, "model_admin", None)


def content_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def cells(response):
    """The cells of a table that somebody got as a file; nothing of what is no table."""
    name = unquote(response.get("Content-Disposition", "")).rstrip('"')
    if response.status_code != 200 or not name.endswith((".csv", ".xlsx")):
        return []
    content = content_of(response)
    if StoredFile.objects.filter(stored__content=content).exists():  # somebody's own file, as they gave it
        return []
    if name.endswith(".csv"):
        return [cell for row in csv.reader(StringIO(content.decode("utf-8-sig"))) for cell in row]
    book = load_workbook(BytesIO(content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def is_raw(cell):
    if isinstance(cell, str):
        return is_formula(cell)
    return cell.data_type == "f" or (isinstance(cell.value, str) and is_formula(cell.value) and not cell.quotePrefix)


def text_of(cell):
    return cell if isinstance(cell, str) else str(cell.value)


class Walk:
    """What was got from where; `speaking` are the doors that gave out what was typed."""

    def __init__(self):
        self.doors, self.speaking, self.raw, self.given_by = set(), set(), [], []

    def take(self, door, response):
        """The cells of what was got, if it is a table."""
        found = cells(response)
        if found:
            self.doors.add(door)
        if any(SAID in text_of(cell) for cell in found):
            self.speaking.add(door)
        self.raw += [(door, text_of(cell)) for cell in found if is_raw(cell)]
        return found


@pytest.mark.exhaustive
def test_no_table_holds_a_formula(staff, world):  # noqa: F811
    """Every address is asked once; whatever is typed, the same ones give a table, and for the other starts these are."""
    edition = world["support.programedition"]["public"] = make_edition()
    world["regions.indicator"]["with figures"] = world["regions.indicatorfigure"]["A"].indicator
    initiative = world["regions.initiative"]["public"] = make_initiative(status=Status.PUBLISHED)
    for row in (initiative, edition):
        make_attachment(row, file=make_file("添付.csv", SAID.encode()))
    every_address = list(addresses_of(world))
    giving = walked(staff, world, STARTS[0], every_address).given_by
    for start in STARTS[1:]:
        assert walked(staff, world, start, giving).given_by == giving


def walked(staff, world, start, asked):  # noqa: F811
    """The walk through `asked` and all that is posted for, with nothing raw in any table."""
    typed(world, start)
    walk = Walk()
    for name, url in asked:
        if walk.take(name, staff.get(url)):
            walk.given_by.append((name, url))
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for number in range(2):
            walk.take(f"{name}_export", staff.post(reverse(f"{name}_export"), {"format": number, "resource": "0"}))
        if hasattr(admin.site._registry[model], "rejected_view"):
            walk.take(f"{name}_rejected", rejected(staff, name, start))
    for run in uploaded(staff, start):
        walk.take("import_mending", staff.get(reverse("import_mending", args=[run.pk])))
    assert not walk.raw
    exports = {f"admin:{model._meta.app_label}_{model._meta.model_name}_export" for model in admin.site._registry}
    assert walk.doors >= exports
    assert walk.speaking >= {"table_csv", "indicator_csv", "import_blank", "import_mending"}
    assert walk.speaking >= {f"admin:{name}_rejected" for name in IMPORTED}
    return walk


IMPORTED = ["regions_initiative", "support_program", "support_programedition", "support_dispatch", "search_synonym"]


def addresses_of(world):  # noqa: F811
    """Every address as (name, URL), with each value that its arguments may have."""
    for name, arguments, model_admin in addresses():
        for values in product(*(candidates(world, argument, model_admin) for argument in arguments)):
            with suppress(NoReverseMatch):
                yield name, reverse(name, kwargs=dict(zip(arguments, values, strict=True)))


def candidates(world, argument, model_admin):  # noqa: F811
    """What an argument of an address may be: every row of its model, every kind, every slug."""
    if model_admin is not None and argument == "object_id":
        return [row.pk for row in world.get(model_admin.model._meta.label_lower, {}).values()][:1]
    if argument == "pk":
        return [world["imports.importrun"]["A"].pk]
    if argument == "slug":
        slugs = [row.slug for rows in world.values() for row in rows.values() if hasattr(row, "slug")]
        return [*slugs, *tables(), "indicator"]
    return {"code": ["012068"], "year": [2021], "pillar": ["financial"]}.get(argument, ["0"])


def rejected(client, name, start):
    """The rows that an import gives back: those of a table in which no cell is as it must be, and each row stands twice."""
    exported = client.post(reverse(f"{name}_export"), {"format": "1", "resource": "0"}).content.decode("utf-8-sig")
    titles = next(csv.reader(StringIO(exported)))
    table = StringIO()
    csv.writer(table).writerows([titles, *[[f"{start}{SAID}" for _ in titles]] * 2])
    file = SimpleUploadedFile("表.csv", table.getvalue().encode())
    response = client.post(reverse(f"{name}_import"), {"import_file": file, "format": "1"})
    return client.get(response.context_data["rejected_url"])


def uploaded(client, start):
    """Runs of a workbook that is kept and of one that is copied to be marked, in which a figure is none."""
    lines = [["制度名", "年度", "予算額（千円）"], [f"{start}{SAID}", "2021", "四十五"], ["制度", "2021", "45"]]
    table = StringIO()
    csv.writer(table).writerows(lines)
    client.post(
        reverse("import_upload"), {"kind": "budget", "file": SimpleUploadedFile("表.csv", table.getvalue().encode())}
    )
    return ImportRun.objects.exclude(kept_reading=None).order_by("-pk")[:1]
