"""The workers beside the web servers (`deploy/steps.sh work`): each is there as long as it says so every few seconds."""

from datetime import UTC, datetime, timedelta

from django.db import connection, models
from django.db.models.functions import Now

# A worker that has said nothing for so long is gone: killed, or its host is. On SQLite it cannot say so while it saves.
SILENCE = timedelta(seconds=50)


class WorkerQuerySet(models.QuerySet):
    def alive(self):
        return self.filter(seen_at__gt=Now() - SILENCE)


class Worker(models.Model):
    """One process. `seen_at` is by the database's clock, as all that is compared with it: hosts' clocks differ."""

    seen_at = models.DateTimeField("最後に動いていた日時", db_default=Now())

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "読み取りと保存のプログラム"

    def __str__(self):
        return f"{self.pk}"


def moment():
    """Now, by the database's clock, which all hosts share. SQLite's is this host's: no other can open its file."""
    if connection.vendor != "postgresql":
        return datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        return cursor.fetchone()[0]
