from django.db import migrations

from sumairu.search import words


def create(apps, schema_editor):
    words.create(schema_editor)


def drop(apps, schema_editor):
    words.drop(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_documents")]
    operations = [migrations.RunPython(create, drop)]
