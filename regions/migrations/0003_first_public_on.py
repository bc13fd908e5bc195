from django.db import migrations, models

from sumairu.publishing.backfill import counted, first_public_days, used_codes


def remember(apps, schema_editor):
    log, used = apps.get_model("admin", "LogEntry").objects, apps.get_model("sumairu", "UsedCode").objects
    initiatives = apps.get_model("regions", "Initiative").objects
    for name in ("Initiative", "RegionalPolicy"):
        entries = log.filter(content_type__app_label="regions", content_type__model=name.lower())
        first_public_days(apps.get_model("regions", name).objects, entries)
    used_codes(initiatives, "code", used)
    for name in ("Theme", "Indicator"):
        used_codes(apps.get_model("regions", name).objects, "slug", used)
    counted(initiatives.values_list("code", flat=True), apps.get_model("sumairu", "CodeCounter").objects)


class Migration(migrations.Migration):
    dependencies = [
        ("regions", "0002_indicators"),
        ("sumairu", "0003_codes"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [
        migrations.AddField(
            model_name='initiative',
            name='first_public_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='最初に公開された日'),
        ),
        migrations.AddField(
            model_name='regionalpolicy',
            name='first_public_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='最初に公開された日'),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
