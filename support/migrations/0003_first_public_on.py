from django.db import migrations, models

from sumairu.publishing.backfill import first_public_days, used_codes


def remember(apps, schema_editor):
    entries = apps.get_model("admin", "LogEntry").objects.filter(
        content_type__app_label="support", content_type__model="programedition"
    )
    first_public_days(apps.get_model("support", "ProgramEdition").objects, entries)
    used_codes(apps.get_model("support", "Program").objects, "slug", apps.get_model("sumairu", "UsedCode").objects)


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0002_notes_of_figures"),
        ("sumairu", "0003_codes"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.AddField(
            model_name='programedition',
            name='first_public_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='最初に公開された日'),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
