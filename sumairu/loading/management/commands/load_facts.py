from django.core.management.base import BaseCommand

from sumairu.alone import alone
from sumairu.loading.content import load_content
from sumairu.loading.facts import load_tables
from sumairu.texts import render_stored


class Command(BaseCommand):
    help = "公的な表（振興局、市町村、統計）を最新にし、資料の内容のうち、まだ入れたことのないものを入れます。"

    def handle(self, **options):
        with alone("load"):
            for outcome in load_tables():
                self.stdout.write(str(outcome))
            for name, count in load_content().items():
                self.stdout.write(f"{name}：{count:,}件を入れました")
            render_stored()
