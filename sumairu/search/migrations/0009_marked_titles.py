from django.db import migrations

from sumairu.search import words


def make_anew(apps, schema_editor):
    """SQLite marks the pairs of titles; what was found is written anew by `manage.py search_index`, which follows."""
    if schema_editor.connection.vendor == "sqlite":
        apps.get_model("search", "Document").objects.all().delete()
        words.drop(schema_editor)
        words.create(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0008_waiting")]
    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
