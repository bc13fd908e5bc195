from django.db import migrations, models

from sumairu.search import words


def empty(apps, schema_editor):
    """What was found is written anew by `manage.py search_index`, which follows a migration."""
    apps.get_model("search", "Document").objects.all().delete()


def make_anew(apps, schema_editor):
    words.drop(schema_editor)
    words.create(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_readings_from_their_start")]
    operations = [
        migrations.RunPython(empty, empty),
        migrations.AlterField(
            model_name="document",
            name="id",
            field=models.BigAutoField(primary_key=True, serialize=False, verbose_name="順"),
        ),
        migrations.RunPython(make_anew, migrations.RunPython.noop),
    ]
