from django.core.management.base import BaseCommand

from sumairu.alone import alone
from sumairu.models import ContentVersion
from sumairu.pictures import make_copies


class Command(BaseCommand):
    help = (
        "ページに出す大きさの画像（幅480、960、1600ドットまでのWebPとJPEG）がない写真に、それを作ります。"
        "何度動かしても同じです。"
    )

    def handle(self, verbosity, **options):
        made = 0
        with alone("picture_copies"):
            for file, why_not in make_copies():
                if why_not:
                    self.stderr.write(
                        f"{file.name}（{file.pk}）には作れません。もとの大きさのまま出します。{why_not}"
                        "あとで manage.py picture_copies を動かすと、もう一度試します。"
                    )
                made += not why_not
            if made:
                ContentVersion.moved()
        if made or verbosity > 1:
            self.stdout.write(f"大きさの違う画像を作りました：{made:,}件")
