"""A budget's stage is kept under the word that workbooks and indicators have for it: 当初, and no longer initial."""

from django.db import migrations, models

WORDS = {"initial": "当初", "revised": "補正後", "final": "最終", "settled": "決算"}
AT_ONCE = 2000


def put_in_words(apps, schema_editor):
    _rename(apps, schema_editor.connection.alias, WORDS)


def put_in_codes(apps, schema_editor):
    _rename(apps, schema_editor.connection.alias, {word: code for code, word in WORDS.items()})


def _rename(apps, database, names):
    """Rename the stages of figures, and in their history, from which figures come back that were taken out."""
    figures = apps.get_model("support", "BudgetFigure").objects.using(database)
    for old, new in names.items():
        figures.filter(stage=old).update(stage=new)
    types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    kind = types.filter(app_label="support", model="budgetfigure").first()
    if kind is None:
        return
    changes = apps.get_model("imports", "FigureChange").objects.using(database)
    last = 0
    while some := list(changes.filter(content_type_id=kind.pk, pk__gt=last).order_by("pk").only("key")[:AT_ONCE]):
        for change in some:
            stage = change.key.get("stage")
            if stage in names:
                change.key["stage"] = names[stage]
        changes.bulk_update(some, ["key"], batch_size=AT_ONCE)
        last = some[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('imports', '0009_runs_without_readings'),
        ('support', '0011_ended_fields'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='budgetfigure',
            options={'ordering': ['program', '-fiscal_year', models.Case(models.When(stage='', then=0), models.When(stage='当初', then=1), models.When(stage='補正後', then=2), models.When(stage='最終', then=3), models.When(stage='決算', then=4)), 'supplement'], 'verbose_name': '予算額', 'verbose_name_plural': '予算額'},
        ),
        migrations.RemoveConstraint(
            model_name='budgetfigure',
            name='supplement_of_revised_budgets',
        ),
        migrations.AlterField(
            model_name='budgetfigure',
            name='stage',
            field=models.CharField(blank=True, choices=[('', '明示なし'), ('当初', '当初'), ('補正後', '補正後'), ('最終', '最終'), ('決算', '決算')], default='', max_length=10, verbose_name='段階'),
        ),
        migrations.RunPython(put_in_words, put_in_codes),
    ]
