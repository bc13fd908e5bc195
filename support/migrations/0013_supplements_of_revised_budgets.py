from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('support', '0012_stages_in_words'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='budgetfigure',
            constraint=models.CheckConstraint(condition=models.Q(('supplement', ''), ('stage', '補正後'), _connector='OR'), name='supplement_of_revised_budgets', violation_error_message='「どの補正」は、段階が補正後のときだけ入れます。'),
        ),
    ]
