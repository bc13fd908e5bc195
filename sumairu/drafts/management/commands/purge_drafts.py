from django.core.management.base import BaseCommand

from sumairu.drafts.models import Draft
from sumairu.drafts.upkeep import look_after


class Command(BaseCommand):
    help = "保存していない入力のうち、24時間を過ぎたものを消します。ワーカー（run_worker）も消します。"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="消さずに、件数だけを示します。")

    def handle(self, *, dry_run, **options):
        count = Draft.objects.expired().count()
        if not dry_run:
            look_after()
        self.stdout.write(f"保存していない入力{count}件を{'消すところです' if dry_run else '消しました'}。")
