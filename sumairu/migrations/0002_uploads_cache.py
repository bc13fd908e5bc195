from django.core.management import call_command
from django.db import migrations


def create_cache_table(apps, schema_editor):
    """The table of CACHES["uploads"], so that `migrate` alone makes a database complete."""
    call_command("createcachetable", "uploads_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("sumairu", "0001_initial")]
    operations = [
        migrations.RunPython(create_cache_table, migrations.RunPython.noop),
    ]
