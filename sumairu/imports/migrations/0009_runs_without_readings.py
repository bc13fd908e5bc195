from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0008_kept_readings'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='importrun',
            name='packed_reading',
        ),
    ]
