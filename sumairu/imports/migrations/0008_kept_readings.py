"""What was read of workbooks gets a table of its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0007_what_was_confirmed_is_told'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptReading',
            fields=[
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='kept_reading', serialize=False, to='imports.importrun', verbose_name='取込')),
                ('packed', models.BinaryField(verbose_name='読み取ったもの')),
            ],
            options={
                'verbose_name': '読み取ったもの',
                'verbose_name_plural': '読み取ったもの',
            },
        ),
        migrations.RunSQL(
            'INSERT INTO imports_keptreading (run_id, packed)'
            ' SELECT id, packed_reading FROM imports_importrun WHERE packed_reading IS NOT NULL',
            'UPDATE imports_importrun SET packed_reading ='
            ' (SELECT packed FROM imports_keptreading WHERE run_id = imports_importrun.id)',
        ),
    ]
