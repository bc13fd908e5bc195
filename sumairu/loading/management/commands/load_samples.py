from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError

from sumairu.loading.samples import load_samples


class Command(BaseCommand):
    help = "画面の働きを示すための見本を入れます。すでにあるものはそのままにします。"

    def handle(self, **options):
        try:
            created = load_samples()
        except ObjectDoesNotExist as error:
            raise CommandError("公的な表がまだ入っていません。先に load_facts を実行してください。") from error
        for name, count in created.items():
            self.stdout.write(f"{name}：見本を{count:,}件入れました")
        if not created:
            self.stdout.write("見本はすべて入っています。")
