import django.db.models.deletion
from django.db import migrations, models

from sumairu.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0012_given_out'),
    ]

    operations = [
        migrations.AlterField(
            model_name='givingout',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='givings', to='imports.importrun', verbose_name='取込'),
        ),
        append_only('imports_givingout'),
    ]
