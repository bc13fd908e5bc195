from django.db import migrations

from sumairu.lib.folding import fold


def fold_anew(apps, schema_editor):
    """Folding has learned more old characters, and hyphens: a name as it was folded before would not be found.

    Where another name is already folded so, the two are one to a reader, and this one stays as it is.
    """
    for app_label, name in (("regions", "MunicipalityAlias"), ("support", "ProgramAlias")):
        names = apps.get_model(app_label, name).objects
        for row in names.order_by("pk"):
            folded = fold(row.name)
            if folded != row.folded and not names.filter(folded=folded).exists():
                names.filter(pk=row.pk).update(folded=folded)


class Migration(migrations.Migration):
    dependencies = [("loading", "0001_initial"), ("regions", "0002_indicators"), ("support", "0001_initial")]

    operations = [migrations.RunPython(fold_anew, migrations.RunPython.noop)]
