from django.core.management.base import BaseCommand

from sumairu.texts import render_stored


class Command(BaseCommand):
    help = "本文（Markdown）のうち、いまの版の表示になっていないものを作り直します。何度動かしても同じです。"

    def handle(self, verbosity, **options):
        count = render_stored()
        if count or verbosity > 1:
            self.stdout.write(f"本文を作り直しました：{count:,}件")
