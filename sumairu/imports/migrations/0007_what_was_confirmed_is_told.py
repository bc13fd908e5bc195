from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0006_jobs_by_name'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='importrun',
            name='confirmed',
        ),
    ]
