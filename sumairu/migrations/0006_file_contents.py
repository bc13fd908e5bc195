"""The bytes of files get a table of their own. What they were stays until the next migration."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sumairu', '0005_version_moved_at'),
    ]

    operations = [
        migrations.AlterField(
            model_name='storedfile',
            name='content',
            field=models.BinaryField(null=True, verbose_name='中身'),
        ),
        migrations.CreateModel(
            name='FileContent',
            fields=[
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='stored', serialize=False, to='sumairu.storedfile', verbose_name='ファイル')),
                ('content', models.BinaryField(verbose_name='中身')),
            ],
            options={
                'verbose_name': 'ファイルの中身',
                'verbose_name_plural': 'ファイルの中身',
            },
        ),
        migrations.RunSQL(
            'INSERT INTO sumairu_filecontent (file_id, content) SELECT id, content FROM sumairu_storedfile',
            'UPDATE sumairu_storedfile SET content ='
            ' (SELECT content FROM sumairu_filecontent WHERE file_id = sumairu_storedfile.id)',
        ),
    ]
