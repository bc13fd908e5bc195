import logging

from django.core.management import call_command
from django.db import Error
from django_tasks_db.management.commands import db_worker

from sumairu.imports.kept import forget_dropped
from sumairu.imports.living import living
from sumairu.imports.tasks import pick_up
from sumairu.search.reading import read_new

logger = logging.getLogger(__name__)


class Command(db_worker.Command):
    help = "時間のかかる仕事（大きなブックの読み取りと保存）を、止めるまで順に引き受けます。検索のために、言葉のよみも調べます。"

    def handle(self, **options):
        call_command("prune_db_task_results", verbosity=0)
        forget_dropped()
        with living(look_after):
            super().handle(**options)


def look_after():
    """With every beat, whatever the worker is at: what others have left, and words whose reading is not known yet."""
    pick_up()
    try:
        read_new()
    except Error:
        raise
    except Exception:  # a worker that cannot read words still saves workbooks
        logger.exception("The worker could not look up how words are read")
