from django.db import migrations

from sumairu.search import words


def make_anew(apps, schema_editor):
    """PostgreSQL reads texts in their rows; what was found is written anew by `manage.py search_index`, which follows."""
    if schema_editor.connection.vendor == "postgresql":
        apps.get_model("search", "Document").objects.all().delete()
        words.drop(schema_editor)
        words.create(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0006_words_of_titles")]
    operations = [migrations.RunPython(make_anew, migrations.RunPython.noop)]
