import pytest
from django.core.cache import caches
from django.http import Http404

from sumairu.uploads import SharedStorage

pytestmark = pytest.mark.django_db


def test_another_process_finds_the_file_by_its_name():
    here = SharedStorage(encoding="utf-8", read_mode="rb")
    here.save(b"\x00workbook")
    there = SharedStorage(name=here.name)
    assert there.read() == b"\x00workbook"


def test_what_was_confirmed_or_is_too_old_is_gone_and_says_so():
    storage = SharedStorage()
    storage.save(b"once")
    storage.remove()
    with pytest.raises(Http404, match="もう一度アップロード"):
        SharedStorage(name=storage.name).read()


def test_the_file_lies_in_the_database():
    assert type(caches["uploads"]).__name__ == "DatabaseCache"
