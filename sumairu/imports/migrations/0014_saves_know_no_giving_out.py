"""Saves that waited for the worker while a box on the preview said whether the workbook is given out, too."""

from django.db import migrations


def forget(apps, schema_editor):
    ImportRun = apps.get_model("imports", "ImportRun")
    for run in ImportRun.objects.filter(told__has_key="given_out_by").only("told"):
        run.told.pop("given_out_by")
        run.save(update_fields=["told"])


class Migration(migrations.Migration):
    dependencies = [("imports", "0013_given_out_for_good")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
