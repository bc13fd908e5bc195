from django.db import migrations, models

from sumairu.lib.eligibility import Operator
from sumairu.lib.rule_values import Known, understood

APPLICANTS = {"市町村": ["自治体"], "振興局": [], "団体": [], "企業": [], "個人": []}


def one_form(apps, schema_editor):
    """Values that are understood get their one form; the others stay, and are asked for at the next save."""
    names = {}
    for office in apps.get_model("regions", "Subprefecture").objects.all():
        short = office.short_name
        names[office.name] = [short, f"{short}総合振興局", f"{short}振興局", f"{short}管内", f"{office.name}管内", office.slug]
    named = {"applicant": APPLICANTS, "kind": {"市": [], "町": [], "村": []}, "subprefecture": names}
    for rule in apps.get_model("support", "EligibilityRule").objects.select_related("fact"):
        fact = rule.fact
        known = Known(named.get(fact.slug, {}), is_yes_no=fact.kind == "yes_no", unit=fact.unit)
        if rule.operator == "judged" or (fact.kind == "text" and fact.slug not in named):
            continue
        try:
            rule.value = understood(rule.value, Operator(rule.operator), known)
        except ValueError:
            continue
        if rule.operator == "eq" and ";" in rule.value:
            rule.operator = "in"
        rule.save()


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0005_rendered_texts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="eligibilityrule",
            name="value",
            field=models.CharField(
                help_text="いくつかあるときは「、」か「;」で区切ります。振興局は短い名前（釧路）、数は「5万」でもかまいません。「人が判断する」は、だれが何を見るか。",
                max_length=200,
                verbose_name="値",
            ),
        ),
        migrations.RunPython(one_form, migrations.RunPython.noop),
    ]
