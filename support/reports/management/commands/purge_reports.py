from django.core.management.base import BaseCommand

from support.reports.models import CONTACT_KEPT_FOR, Report
from support.reports.upkeep import look_after


class Command(BaseCommand):
    help = f"「違います」の連絡に書かれた連絡先のうち、受け取ってから{CONTACT_KEPT_FOR.days}日を過ぎたものを消します。ワーカー（run_worker）も消します。"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="消さずに、件数だけを示します。")

    def handle(self, *, dry_run, **options):
        count = Report.objects.with_expired_contact().count() if dry_run else look_after()
        self.stdout.write(f"連絡先{count}件を{'消すところです' if dry_run else '消しました'}。")
