from collections import Counter
from uuid import UUID, uuid5

import django.db.models.deletion
from django.db import migrations, models

import sumairu.fields

CALLS = UUID("f2b1f9f2-6d0c-5a3e-9c55-1b6f0b5a7f10")


def name_windows(apps, schema_editor):
    """As `ApplicationWindow.save` names those that are added."""
    numbers = Counter()
    windows = apps.get_model("support", "ApplicationWindow").objects.select_related("edition__program", "subprefecture")
    for window in windows.order_by("pk").iterator(chunk_size=1000):
        office = window.subprefecture.slug if window.subprefecture else ""
        name = f"{window.edition.program.slug}/{window.edition.fiscal_year}/{office}/{window.applicant}"
        numbers[name] += 1
        window.uid = uuid5(CALLS, f"{name}/{numbers[name]}")
        window.save(update_fields=["uid"])


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial"), ("support", "0019_acting")]

    operations = [
        migrations.AddField("applicationwindow", "uid", models.UUIDField("識別子", null=True, editable=False)),
        migrations.RunPython(name_windows, migrations.RunPython.noop),
        migrations.AlterField(
            "applicationwindow", "uid", models.UUIDField("識別子", unique=True, editable=False)
        ),
        migrations.CreateModel(
            name="GivenCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(unique=True, verbose_name="識別子")),
                (
                    "applicant",
                    models.CharField(
                        choices=[("anyone", "すべて"), ("municipality", "市町村"), ("group", "団体")],
                        max_length=15,
                        verbose_name="申し込む人",
                    ),
                ),
                ("closes_on", models.DateField(verbose_name="受付終了日")),
                ("content", models.JSONField(verbose_name="伝えた内容")),
                ("sequence", models.PositiveIntegerField(default=0, verbose_name="改訂の番号")),
                ("changed_at", models.DateTimeField(verbose_name="最後に変わった日時")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="取り下げた日時")),
                (
                    "is_sample",
                    sumairu.fields.SampleField(
                        default=False,
                        help_text="画面の働きを示すために作った架空の記録です。公開ページでも「見本」と示します。",
                        verbose_name="見本",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="given_calls",
                        to="support.programedition",
                        verbose_name="年度版",
                    ),
                ),
                (
                    "subprefecture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.subprefecture",
                        verbose_name="振興局",
                    ),
                ),
            ],
            options={"verbose_name": "カレンダーに出した募集", "verbose_name_plural": "カレンダーに出した募集"},
        ),
        migrations.AddIndex(
            "givencall", models.Index(fields=["closes_on"], name="given_calls_by_last_day")
        ),
        migrations.AddIndex(
            "applicationwindow", models.Index(fields=["closes_on"], name="windows_by_last_day")
        ),
    ]
