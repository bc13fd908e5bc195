from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from support.digests import weekly
from support.digests.content import Contents
from support.digests.models import Delivery, Subscriber, Week, masked


class Command(BaseCommand):
    help = "週に1度のメールを、今週まだ作っていない人の分だけ作ります（送るのは係です）。--dry-run は、だれに何を送り、だれになぜ送らないかを示すだけです。"

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="何も作らずに、送るものと、送らない理由を示す")

    def handle(self, *, dry_run, **options):
        today = localdate()
        monday = today - timedelta(days=today.weekday())
        if dry_run:
            self.tell(monday)
        elif not settings.SENDS_MAIL:
            raise CommandError("EMAIL_URL が設定されていないため、メールを送れません。")
        else:
            self.stdout.write(f"{monday}の週のメールを{weekly.make(monday):,}通作りました。")

    def tell(self, monday):
        week = Week.objects.filter(monday=monday).first() or Week(monday=monday, **weekly.updates_of(monday))
        contents, counts = Contents(week.after, week.up_to), Counter()
        seen_to = set(Delivery.objects.filter(week__monday=monday).values_list("subscriber", flat=True))
        everyone = Subscriber.objects.select_related("municipality__subprefecture", "subprefecture")
        for subscriber in everyone.order_by("municipality", "subprefecture", "pk").iterator(chunk_size=500):
            if subscriber.pk in seen_to:
                said = "送らない：今週の分は、もう作りました"
            else:
                content = contents.of(subscriber.choice)
                said = (
                    "送らない：変わったことも、21日以内の締切もありません"
                    if content.is_empty
                    else f"送る：{content.subject}"
                )
            counts[said.partition("：")[0]] += 1
            self.stdout.write(f"{masked(subscriber.email)}　{subscriber.choice.words}　{said}")
        self.stdout.write(
            "、".join(f"{said} {count:,}人" for said, count in sorted(counts.items())) or "受け取る人はいません。"
        )
