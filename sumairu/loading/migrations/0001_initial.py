"""Loaders got a room of their own: the table is that of the pages, and stays where it is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pages', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='LoadedContent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=120, unique=True, verbose_name='見出し')),
                        ('loaded_at', models.DateTimeField(auto_now_add=True, verbose_name='読み込んだ日時')),
                    ],
                    options={
                        'verbose_name': '読み込み済みの内容',
                        'verbose_name_plural': '読み込み済みの内容',
                        'db_table': 'pages_loadedcontent',
                    },
                ),
            ],
        ),
    ]
