from django.core.management.base import BaseCommand, CommandError

from sumairu.search.index import differences, rebuild
from sumairu.search.models import Document, Waiting

MOST_SHOWN = 20
STILL_WAITING = "ワーカーが書き直している途中です。数分後に、もう一度確かめてください。"


class Command(BaseCommand):
    help = "検索の索引を、いまの内容とこの版の探し方に合わせます。何度動かしても同じです。"

    def add_arguments(self, parser):
        way = parser.add_mutually_exclusive_group()
        way.add_argument(
            "--check", action="store_true", help="違いを調べるだけで、何も書きません。違いがあれば終了コード1。"
        )
        way.add_argument("--anew", action="store_true", help="すべて捨てて、はじめから作ります。")

    def handle(self, check, anew, verbosity, **options):
        if check:
            found = differences()
            if found:
                more = [f"ほか{len(found) - MOST_SHOWN:,}件"] if len(found) > MOST_SHOWN else []
                waiting = [STILL_WAITING] if Waiting.objects.exists() else []
                raise CommandError("\n".join(["索引が、いまの内容と違います。", *waiting, *found[:MOST_SHOWN], *more]))
        else:
            rebuild(anew=anew)
        if verbosity:
            self.stdout.write(f"索引は、いまの内容のとおりです：{Document.objects.count():,}件")
