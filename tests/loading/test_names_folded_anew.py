from importlib import import_module

import pytest
from django.apps import apps

from regions.models import MunicipalityAlias
from support.models import ProgramAlias
from tests.factories import make_municipality, make_program

pytestmark = pytest.mark.django_db
fold_anew = import_module("sumairu.loading.migrations.0002_names_folded_anew").fold_anew


def kept(model, folded, **fields):
    """A name as an earlier release folded it."""
    return model.objects.bulk_create([model(folded=folded, **fields)])[0]


def test_a_name_is_found_again_as_it_is_folded_now():
    alias = kept(MunicipalityAlias, "釧路縣廳", municipality=make_municipality("釧路市"), name="釧路縣廳")
    called = kept(ProgramAlias, "圖書館サポ-ト", program=make_program(), name="圖書館サポ－ト")
    fold_anew(apps, None)
    alias.refresh_from_db()
    called.refresh_from_db()
    assert (alias.folded, called.folded) == ("釧路県庁", "図書館サポート")


def test_of_two_that_are_alike_now_neither_is_lost():
    town = make_municipality("釧路市")
    town.aliases.create(name="釧路県庁")
    kept(MunicipalityAlias, "釧路縣廳", municipality=town, name="釧路縣廳")
    fold_anew(apps, None)
    assert set(MunicipalityAlias.objects.values_list("folded", flat=True)) == {"釧路県庁", "釧路縣廳"}
