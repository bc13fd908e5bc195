from django.core.management.base import BaseCommand
from django.utils.timezone import now

from sumairu.drafts.models import KEPT_FOR, Draft, SentForm


class Command(BaseCommand):
    help = "保存していない入力のうち、24時間を過ぎたものを消します。"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="消さずに、件数だけを示します。")

    def handle(self, *, dry_run, **options):
        count = Draft.objects.expired().count()
        if not dry_run:
            Draft.objects.delete_expired()
            SentForm.objects.filter(saved_at__lte=now() - KEPT_FOR).delete()
        self.stdout.write(f"保存していない入力{count}件を{'消すところです' if dry_run else '消しました'}。")
