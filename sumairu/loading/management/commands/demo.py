import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sumairu.alone import alone
from sumairu.loading.demo import PASSWORD_FILE, prepare


class Command(BaseCommand):
    help = "デモのデータとアカウントをそろえ、何を開きだれでサインインするかを示します。編集した内容は変えません。"

    def add_arguments(self, parser):
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"), help="ポータルを開くポート")

    def handle(self, *, port, **options):
        if settings.MODE not in ("demo", "test"):
            raise CommandError("demo は本番では動きません。SUMAIRU_MODE=demo（make demo）で実行してください。")
        with alone("load"):
            users, password = prepare(tell=lambda line: self.stdout.write(f"== {line}"))
        url = f"http://127.0.0.1:{port}"
        self.stdout.write(f"\n公開ページ  {url}/\n職員の画面  {url}/admin/\n\nサインインできる人（パスワードは共通）")
        for user in users:
            self.stdout.write(f"  {user.email}\t{user.name}")
        self.stdout.write(
            f"パスワード  {password}  （var/{PASSWORD_FILE} にもあります）\n止めるには Ctrl+C を押します。"
        )
