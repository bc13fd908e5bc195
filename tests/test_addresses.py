"""Whatever a model accepts has an address that leads to it; whatever it does not accept takes no page with it."""

from contextlib import contextmanager
from itertools import product
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import get_resolver, resolve, reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from regions.models import (
    Indicator,
    Initiative,
    InitiativeAttachment,
    InitiativePicture,
    Municipality,
    RegionalPolicy,
    Subprefecture,
)
from sumairu.drafts.models import Draft  # its address is a number
from sumairu.models import StoredFile
from support.cases.models import Case, CaseAttachment, CasePicture
from support.journal.models import Article, Issue
from support.models import EditionAttachment, Program, ProgramEdition
from support.notices.models import Notice, NoticeAttachment
from support.strategies.models import Frame, StrategyAttachment, TownStrategy
from tests.exhaustive import ALL, sample
from tests.factories import (
    make_article,
    make_attachment,
    make_case,
    make_edition,
    make_frame,
    make_indicator,
    make_indicator_figure,
    make_initiative,
    make_issue,
    make_municipality,
    make_notice,
    make_picture,
    make_policy,
    make_program,
    make_strategy,
    make_subprefecture,
    make_theme,
    make_window,
)

pytestmark = pytest.mark.django_db

# What people, keyboards and tables make of a key, beside anything at all.
KEYS = st.one_of(
    st.from_regex(r"[a-z]{1,8}-[0-9]{4}-[0-9]{1,3}", fullmatch=True),
    st.from_regex(r"[A-Za-zａ-ｚＡ-Ｚ]{1,8}[-－ー_]\d{4}[-－‐]\d{1,3}\n?", fullmatch=True),
    st.from_regex(r"\d{5,6}", fullmatch=True),
    st.sampled_from(
        ["", " ", ".", "..", "-", "a/b", "a%2Fb", "a?b", "a#b", "a\x00b", "a\n", "ａ", "é", "٣", "a" * 300]
    ),
    st.text(max_size=12),
)
YEARS = st.one_of(st.integers(1900, 2200), st.sampled_from([-1, 0, 32767, 2**63, 10**30]))


def edition_of_a_new_program(**kw):
    return make_edition(program=make_program(), **kw)


# Of each model that has an address: a saved row of it, whose fields the address is made of, and what may stand in them.
ADDRESSED = {
    Initiative: (make_initiative, {"code": KEYS, "fiscal_year": YEARS}),
    RegionalPolicy: (make_policy, {"fiscal_year": YEARS}),
    Indicator: (lambda: make_indicator_figure(indicator=make_indicator()).indicator, {"slug": KEYS}),
    Subprefecture: (make_subprefecture, {"slug": KEYS}),
    Municipality: (make_municipality, {"code": KEYS, "code5": KEYS}),
    Program: (lambda: edition_of_a_new_program().program, {"slug": KEYS}),
    ProgramEdition: (edition_of_a_new_program, {"fiscal_year": YEARS}),
    InitiativeAttachment: (lambda: make_attachment(make_initiative()), {"file": KEYS}),
    InitiativePicture: (lambda: make_picture(make_initiative()), {"file": KEYS}),
    Notice: (make_notice, {"code": KEYS}),
    NoticeAttachment: (lambda: make_attachment(make_notice()), {"file": KEYS}),
    EditionAttachment: (lambda: make_attachment(make_edition()), {"file": KEYS}),
    Case: (make_case, {"key": KEYS}),
    Issue: (make_issue, {"number": YEARS}),
    Article: (make_article, {"number": YEARS}),
    Frame: (make_frame, {"slug": KEYS}),
    TownStrategy: (make_strategy, {"key": KEYS}),
    StrategyAttachment: (lambda: make_attachment(make_strategy()), {"file": KEYS}),
    CaseAttachment: (lambda: make_attachment(make_case()), {"file": KEYS}),
    CasePicture: (lambda: make_picture(make_case()), {"file": KEYS}),
}


def test_every_model_with_an_address_is_asked():
    assert set(ADDRESSED) | {Draft} == {model for model in apps.get_models() if hasattr(model, "get_absolute_url")}


@pytest.mark.parametrize("model", ADDRESSED, ids=lambda model: model._meta.label)
@settings(max_examples=200 if ALL else 12)
@given(data=st.data())
def test_what_is_accepted_has_an_address_that_leads_to_it(model, data):
    make, fields = ADDRESSED[model]
    drawn = {name: data.draw(strategy) for name, strategy in fields.items()}
    with transaction.atomic():
        row = make()
        changed = row.file if "file" in drawn else row
        for name, value in drawn.items():
            setattr(changed, "name" if name == "file" else name, value)
        try:
            changed.full_clean()
        except ValidationError:
            pass
        else:
            changed.save()
            url = row.get_absolute_url()
            parts = set(map(str, resolve(unquote(url)).kwargs.values()))
            assert {str(getattr(changed, "name" if name == "file" else name)) for name in in_address(model)} <= parts
            assert Client().get(url).status_code == 200
        transaction.set_rollback(True)


def in_address(model):
    """Those of the fields above that stand in the address itself."""
    return {Initiative: ["code"], Municipality: ["code"]}.get(model, ADDRESSED[model][1])


def write(row, field, value):
    """Straight into the database: the model's field would fold what it can."""
    with connection.cursor() as cursor:
        fitting = value[: row._meta.get_field(field).max_length]
        cursor.execute(f'UPDATE "{row._meta.db_table}" SET "{field}" = %s WHERE id = %s', [fitting, row.pk])


@contextmanager
def no_constraints(model):
    """What a restored backup, an older release or somebody with SQL may leave behind."""
    table = model._meta.db_table
    checks = [constraint.name for constraint in model._meta.constraints if hasattr(constraint, "condition")]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in checks:
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"')
        try:
            yield
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")


BAD = ["kushiro-２０２６-９", "a/b", "a\nb", "", "..", "kushiro-2026-九"]


@pytest.mark.parametrize("bad", BAD, ids=ascii)
def test_the_database_lets_no_such_key_in(bad):
    for field, row in [
        ("code", make_initiative()),
        ("slug", make_program()),
        ("slug", make_indicator()),
        ("slug", make_subprefecture()),
        ("code", make_municipality()),
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            write(row, field, bad)


@pytest.fixture
def furnished():
    """Rows of every kind with an address, each shown on all the pages that list its kind."""
    town, edition = make_municipality(), make_edition()
    make_window(edition=edition)
    initiative = make_initiative(title="共通の取組")
    theme = make_theme()
    initiative.themes.add(theme), edition.program.themes.add(theme)
    figure = make_indicator_figure(municipality=town)
    make_attachment(initiative), make_attachment(edition)
    return {
        "program": (Program, edition.program, "slug"),
        "initiative": (Initiative, initiative, "code"),
        "indicator": (Indicator, figure.indicator, "slug"),
        "office": (Subprefecture, town.subprefecture, "slug"),
        "town": (Municipality, town, "code"),
    }


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("kind", "bad"),
    sample(product(["program", "initiative", "indicator", "office", "town"], BAD), every=9),
    ids=ascii,
)
def test_a_bad_row_costs_no_page(client, furnished, kind, bad):
    model, row, field = furnished[kind]
    with no_constraints(model):
        write(row, field, bad)
        for url in [*pages_without_arguments(), *pages_of(furnished, but=kind)]:
            assert client.get(url).status_code == 200, url


@pytest.mark.exhaustive
@pytest.mark.parametrize("year", sample([0, 1900, 2100, 32767], every=4))
def test_a_row_of_a_year_without_a_name_costs_no_page(client, furnished, year):
    for kind in ("initiative", "program"):
        row = furnished[kind][1]
        rows = row.editions if kind == "program" else Initiative.objects.filter(pk=row.pk)
        model = rows.model
        with no_constraints(model):
            rows.update(fiscal_year=year)
            for url in [*pages_without_arguments(), *pages_of(furnished, but=kind)]:
                assert client.get(url).status_code in (200, 302), url
            rows.update(fiscal_year=2021)


def pages_without_arguments():
    names = [key for key in get_resolver().reverse_dict if isinstance(key, str)]
    bare = [reverse(name) for name in names if not get_resolver().reverse_dict.getlist(name)[0][0][0][1]]
    # The mailbox is there in a demo alone; a link, and of which call one is reminded, stand in the address.
    others = {reverse("sample_mailbox"), reverse("link"), reverse("mail_reminder")}
    bare = [url for url in bare if not url.startswith("/admin/") and url not in others]
    return [*bare, reverse("search") + "?q=共通", reverse("municipality_list") + "?q=無"]


def pages_of(furnished, but):
    return [row.get_absolute_url() for kind, (_, row, _) in furnished.items() if kind != but]


def test_a_file_has_no_path_of_its_own():
    for name in ("a/b", "a\x00b", "..", ""):
        with pytest.raises(ValidationError):
            StoredFile(name=name, media_type="x", sha256="0" * 64, size=1).full_clean()
