"""`python -m tests.bench.digests`: the mail of a week for 179 towns with 200 subscribers each, beside 20 each.

Each town has several choices among its subscribers. On a database of its own; prints one line of JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from time import perf_counter

from tests.bench.server import ROOT, own_database

FEW, MANY = 20, 200  # subscribers of each town
CHOICES = [([], []), (["financial"], []), ([], ["deadlines"]), (["human"], ["deadlines", "programs"])]


def measure_digests(url=""):
    """The numbers, from a process with a database of its own: on PostgreSQL beside `url`, else on SQLite."""
    if url:
        with own_database(url, "bench_digests") as own:
            return _measured(own)
    return _measured("")


def _measured(database):
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "SUMAIRU_MODE": "demo",
            "SUMAIRU_VAR": folder,
            "BENCH_DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        }
        run = {"env": environment, "cwd": ROOT, "check": True}
        for command in (["migrate", "--verbosity", "0"], ["demo"]):
            subprocess.run([sys.executable, ROOT / "manage.py", *command], stdout=subprocess.DEVNULL, **run)
        answer = subprocess.run([sys.executable, "-m", "tests.bench.digests"], stdout=subprocess.PIPE, **run)
    return json.loads(answer.stdout.splitlines()[-1])


def main():
    import django

    django.setup()
    from django.db import connection

    few, few_made, _ = _seconds(FEW)
    many, many_made, asked = _seconds(MANY)
    name = connection.vendor
    numbers = {
        f"digest_{many_made}_seconds_{name}": round(many, 1),
        f"digest_{MANY}_vs_{FEW}_a_subscriber_{name}": round((many / many_made) / (few / few_made), 2),
        f"digest_mails_made_once_{name}": asked,
    }
    print(json.dumps(numbers))


def _seconds(people):
    """How long a week takes with so many subscribers of each town, how many mails that makes, and how many were put into words."""
    from django.utils.timezone import localdate

    from regions.models import Municipality
    from sumairu.acting_links.models import Link
    from sumairu.outbox.models import Mailing
    from sumairu.updates.ledger import note_waiting
    from support.digests import weekly
    from support.digests.models import Subscriber, Week

    note_waiting()
    for model in (Week, Subscriber, Link, Mailing):
        model.objects.all().delete()
    Subscriber.objects.bulk_create(
        Subscriber(email=f"n{number}@{town.code}.example.jp", municipality=town, pillars=pillars, kinds=kinds)
        for town in Municipality.objects.governed()
        for number in range(people)
        for pillars, kinds in [CHOICES[number % len(CHOICES)]]
    )
    worded, letter_of = [], weekly.letter_of
    weekly.letter_of = lambda content: worded.append(content) or letter_of(content)
    begun = perf_counter()
    made = weekly.make(localdate() - timedelta(days=localdate().weekday()))
    taken = perf_counter() - begun
    weekly.letter_of = letter_of
    return taken, made, len(worded)


if __name__ == "__main__":
    main()
