from django.core.management.base import BaseCommand

from sumairu.pages.samples import load_samples


class Command(BaseCommand):
    help = (
        "画面の働きを示すための見本を入れます。すでにあるものはそのままにします。先に load_facts を実行してください。"
    )

    def handle(self, **options):
        created = load_samples()
        for name, count in created.items():
            self.stdout.write(f"{name}：見本を{count:,}件入れました")
        if not created:
            self.stdout.write("見本はすべて入っています。")
