"""`python -m tests.bench.previews`: what somebody waits for who checks 60,000 figures, beside 20,000.

The server's time for a page of the preview, for an answer with the page after it, and for the page before an undo; on
a database of its own. Prints one line of JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
from io import BytesIO
from itertools import islice, product
from statistics import median
from time import perf_counter

from tests.bench.server import ROOT

FIGURES = (20_000, 60_000)
ROUNDS = 7
HEADER = ["制度番号", "制度名", "振興局", "年度", "段階", "予算額（千円）"]
UNKNOWN = "登録にない制度"


def measure_previews():
    """The numbers, from a process with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "SUMAIRU_MODE": "demo",
            "SUMAIRU_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "sumairu.settings",
        }
        run = {"env": environment, "cwd": ROOT, "check": True}
        subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "--verbosity", "0"], **run)
        answer = subprocess.run([sys.executable, "-m", "tests.bench.previews"], stdout=subprocess.PIPE, **run)
    return json.loads(answer.stdout.splitlines()[-1])


def main():
    import django

    django.setup()
    client, addresses = _prepared()
    first = _seconds(client, addresses[1])
    rounds = [[_seconds(client, address) for address in addresses] for _ in range(ROUNDS)]
    numbers = {
        "preview_60k_first_page_seconds": round(first, 2),
        "preview_60k_page_seconds": round(median(long for _, long in rounds), 2),
        "preview_60k_page_vs_20k_page": round(median(long / short for short, long in rounds), 2),
        "answer_60k_seconds": round(_answered(client, addresses[1]), 2),
        "undo_60k_page_seconds": round(_undo_page(client, addresses[1]), 2),
    }
    print(json.dumps(numbers))


def _prepared():
    """Somebody who may import, and the addresses of two runs that wait to be checked."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from regions.models import Subprefecture
    from sumairu.imports.kinds import kinds
    from sumairu.imports.saving import preview
    from tests.factories import make_headquarters_editor, make_program

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("load_facts", verbosity=0)
    offices = list(Subprefecture.objects.all()[:10])
    programs = [
        make_program(slug=f"p-{n}", official_name=f"見本の支援制度{n}", plain_name=f"見本{n}") for n in range(200)
    ]
    user = make_headquarters_editor()
    client = Client()
    client.force_login(user)
    addresses = []
    for count in FIGURES:
        run, _ = preview(kinds()["budget"], _workbook(count, programs, offices), f"{count}.xlsx", user)
        addresses.append(f"/admin/import/{run.pk}/")
    return client, addresses


def _workbook(count, programs, offices):
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("予算額")
    sheet.append(HEADER)
    rows = islice(product(range(1990, 2025), programs, offices), count)
    for number, (year, program, office) in enumerate(rows):
        sheet.append([program.slug, program.official_name, office.name, f"{year}年度", "当初", 1_000 + number])
    sheet.append(["", UNKNOWN, "全道", "2024年度", "当初", 1])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _seconds(client, address):
    begun = perf_counter()
    assert client.get(address).status_code == 200
    return perf_counter() - begun


def _answered(client, address):
    """Answer the one question, and see the page after it."""
    begun = perf_counter()
    page = client.post(f"{address}answers/", {f"answer:name:{UNKNOWN}": "skip"}, follow=True)
    seconds = perf_counter() - begun
    assert "答えを反映しました" in page.content.decode()
    return seconds


def _undo_page(client, address):
    from sumairu.imports.kinds import kinds
    from sumairu.imports.models import ImportRun
    from sumairu.imports.saving import save

    run = ImportRun.objects.get(pk=int(address.split("/")[-2]))
    save(kinds()["budget"], run, run.digest)
    return median(_seconds(client, f"{address}undo/") for _ in range(3))


if __name__ == "__main__":
    main()
