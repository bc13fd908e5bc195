from django.core.management.base import BaseCommand, CommandError

from sumairu.pages.checked_data import FORMS, reports, too_long
from sumairu.pages.data_sets import data_sets


class Command(BaseCommand):
    help = "公開しているデータのファイルを、行政データの機械可読性のルール（L1〜L3）で採点します。100点でないものがあれば失敗します。"

    def handle(self, **options):
        sets, broken = data_sets(), 0
        for report in reports(sets):
            scores = "　".join(f"{level} {score}" for level, score in report.scores.items())
            self.stdout.write(f"{scores}　{report.name}")
            for finding in report.findings:
                self.stdout.write(f"　　{finding.rule} {finding.place}：{finding.what}")
            broken += not report.is_perfect
        for each in too_long(sets):
            self.stdout.write(f"標準の文字数より長い：{each.row}の{each.label}（{each.length}字、目安{each.limit}字）")
        self.stdout.write(f"人が読む様式（採点しません）：{'、'.join(FORMS)}")
        if broken:
            raise CommandError(f"{broken}個のファイルが100点ではありません。")
