from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate

from regions.descriptions import figures_of
from regions.models import Indicator
from sumairu.descriptions import tables
from sumairu.pages.column_history import keep


class Command(BaseCommand):
    help = "いまの列を column_history.json に記録します。列の変わったファイルには、何が変わったかが「説明」に出ます。"

    def add_arguments(self, parser):
        parser.add_argument(
            "note", nargs="?", default="", help="何が変わったか。列の変わったファイルがあるときに要ります。"
        )

    def handle(self, note, **options):
        try:
            keep([(table.slug, table.shown().columns) for table in described()], note.strip(), localdate())
        except ValueError as error:
            raise CommandError(str(error)) from error


def described():
    """Every set that has columns of its own, without a database: the figures of all indicators have one of two layouts."""
    counts = Indicator.CountsBy
    indicators = [
        Indicator(pk=0, slug="any", counts_by=counts.FISCAL_YEAR),
        Indicator(pk=0, slug="any", counts_by=counts.DAY, counted_on="10月1日"),
    ]
    for indicator in indicators:
        indicator.newest_year = 2020
    return [*tables().values(), *map(figures_of, indicators)]
