from django.core.management.base import BaseCommand
from django.utils.timezone import localtime

from sumairu.versions.files import purge


class Command(BaseCommand):
    help = "どの記録、どの版、どの取込からも使われていないファイルを消します。何度動かしても同じです。"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="消さずに、消すものを示します。")

    def handle(self, dry_run, **options):
        files = purge(dry_run)
        for file in files:
            self.stdout.write(f"{file.name}（{file.size:,}バイト、{localtime(file.stored_at):%Y-%m-%d}）")
        self.stdout.write(
            f"{len(files):,}件、{sum(file.size for file in files):,}バイトを消{'せます' if dry_run else 'しました'}"
        )
