from django.core.management import call_command
from django_tasks_db.management.commands import db_worker

from sumairu.imports.kept import forget_dropped
from sumairu.imports.living import living
from sumairu.imports.tasks import pick_up


class Command(db_worker.Command):
    help = "時間のかかる仕事（大きなブックの読み取りと保存）を、止めるまで順に引き受けます。"

    def handle(self, **options):
        call_command("prune_db_task_results", verbosity=0)
        forget_dropped()
        with living(pick_up):
            super().handle(**options)
