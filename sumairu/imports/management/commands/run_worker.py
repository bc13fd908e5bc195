import logging
from functools import partial

from django.core.management import call_command
from django.db import Error
from django.utils.timezone import localdate
from django_tasks_db.management.commands import db_worker

from sumairu.convention import modules_named
from sumairu.imports.kept import forget_dropped
from sumairu.imports.living import living
from sumairu.imports.tasks import pick_up
from sumairu.search.index import write_waiting
from sumairu.search.reading import read_for
from sumairu.updates.ledger import note_waiting

# For the search and for what changed, of each beat. A worker that is silent for longer than `SILENCE` is taken for gone.
SECONDS_WRITING, SECONDS_READING, SECONDS_NOTING = 10, 5, 10

logger = logging.getLogger(__name__)
_done_on = {}  # of each work of a day, the day


class Command(db_worker.Command):
    help = "時間のかかる仕事（大きなブックの読み取りと保存）を、止めるまで順に引き受けます。検索のために言葉のよみを調べ、公開内容の更新を記録します。"

    def handle(self, **options):
        call_command("prune_db_task_results", verbosity=0)
        forget_dropped()
        with living(look_after):
            super().handle(**options)


def look_after():
    """With every beat, whatever the worker is at: what others have left, and what the search is to know.

    That is documents that are to be written, words whose reading is not known yet, and what changed of what is public; what
    apps look after with each beat (`beat`), in a moment; and once a day what days alone have changed for them (`upkeep`):
    what is public, and what is to be forgotten.
    """
    pick_up()
    upkeep = [partial(_daily, module.look_after) for module in modules_named("upkeep")]
    waiting = [
        partial(write_waiting, SECONDS_WRITING),
        partial(read_for, SECONDS_READING),
        partial(note_waiting, SECONDS_NOTING),
    ]
    of_apps = [module.look_after for module in modules_named("beat")]
    for work in (*upkeep, *waiting, *of_apps):
        try:
            work()
        except Error:
            raise
        except Exception:  # a worker that cannot do this still saves workbooks
            logger.exception("The worker could not bring what is kept up to date")


def _daily(work):
    if _done_on.get(work) != (today := localdate()):
        work()
        _done_on[work] = today
