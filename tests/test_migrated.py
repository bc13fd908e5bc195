from django.conf import settings

from tests import migrated


def test_all_that_tables_are_made_by_is_in_the_key():
    names = {str(path.relative_to(settings.BASE_DIR)) for path in migrated.sources()}
    assert {"sumairu/search/migrations/0003_words.py", "support/migrations/0001_initial.py"} < names
    assert {"sumairu/append_only.py", "sumairu/search/words/sqlite.py", "sumairu/settings.py"} < names


def test_what_is_imported_by_what_is_imported_counts(tmp_path):
    (tmp_path / "support/rooms").mkdir(parents=True)
    texts = {
        "support/first.py": "from django.db import models\nfrom support.rooms import one, two\n",
        "support/rooms/__init__.py": "",
        "support/rooms/one.py": "def late():\n    from support import last\n",
        "support/last.py": "",
        "support/other.py": "",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    found = migrated.with_imports([tmp_path / "support/first.py"], tmp_path)
    assert found == {tmp_path / name for name in texts} - {tmp_path / "support/other.py"}
