from django.core.management.base import BaseCommand, CommandError

from sumairu.loading.samples import RealOnSample, remove_samples


class Command(BaseCommand):
    help = (
        "見本の印の付いた記録をすべて消します。本物の記録が見本につながっていれば、何も消しません。"
        "取込や編集をした見本の利用者は、記録の作者として残し、サインインだけできなくします。"
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="消すものを数えるだけで、消しません")

    def handle(self, *, dry_run, **options):
        try:
            removed = remove_samples(dry_run=dry_run)
        except RealOnSample as error:
            raise CommandError(str(error)) from error
        for name, count in removed.items():
            self.stdout.write(f"{name}：{count:,}件")
        if not removed:
            self.stdout.write("見本はありません。")
        elif dry_run:
            self.stdout.write("消していません（--dry-run）。")
        else:
            self.stdout.write(self.style.SUCCESS("見本を消しました。"))
