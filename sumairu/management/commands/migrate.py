from django.core.management.commands import migrate

from sumairu.alone import alone


class Command(migrate.Command):
    """Django's own, one at a time: two hosts that begin together may both be told to migrate."""

    def handle(self, *args, **options):
        with alone("migrate"):
            return super().handle(*args, **options)
