from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('sumairu', '0006_file_contents'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='storedfile',
            name='content',
        ),
    ]
