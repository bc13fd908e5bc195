"""`python -m tests.bench.imports`: 20,000 figures from workbook to database, ours against a floor and django-import-export.

The floor is bare calamine and one bulk upsert: no reading of headers, no comparing, no history. Stock is a plain
resource of django-import-export on a table prepared for it, previewed and saved as its admin does. Runs on a database
of its own; prints one line of JSON.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from io import BytesIO
from itertools import islice, product
from statistics import median
from time import perf_counter

from tests.bench.server import ROOT

FIGURES = 20_000
ROUNDS = 3
HEADER = ["制度番号", "制度名", "振興局", "年度", "段階", "補正", "備考", "予算額（千円）"]


def measure_imports():
    """The numbers, from a process with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "SUMAIRU_MODE": "demo",
            "SUMAIRU_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "sumairu.settings",
        }
        manage = [sys.executable, ROOT / "manage.py"]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], env=environment, cwd=ROOT, check=True)
        answer = subprocess.run(
            [sys.executable, "-m", "tests.bench.imports"],
            env=environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
        )
    return json.loads(answer.stdout.splitlines()[-1])


def main():
    import django

    django.setup()
    content = _prepared()
    _timed(_ours, content), _timed(_floor, content)  # once to warm up
    rounds = [(_timed(_ours, content), _timed(_floor, content)) for _ in range(ROUNDS)]
    ours = median(one for one, _ in rounds)
    numbers = {
        "import_20k_seconds": round(ours, 2),
        "import_20k_vs_floor": round(median(one / floor for one, floor in rounds), 2),
        "import_20k_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "import_20k_reader_memory_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
    }
    numbers["import_20k_vs_stock"] = round(_timed(_stock, content) / ours, 1)
    print(json.dumps(numbers))


def _prepared():
    """The workbook, and the programmes and offices that it names."""
    from django.core.management import call_command
    from openpyxl import Workbook

    from regions.models import Subprefecture
    from tests.factories import make_program

    call_command("load_facts", verbosity=0)
    offices = list(Subprefecture.objects.all()[:10])
    programs = [
        make_program(slug=f"program-{n}", official_name=f"見本の支援制度{n}", plain_name=f"見本{n}") for n in range(100)
    ]
    book = Workbook(write_only=True)
    sheet = book.create_sheet("予算額")
    sheet.append(HEADER)
    for number, (year, program, office) in enumerate(islice(product(range(2005, 2025), programs, offices), FIGURES)):
        labels = [program.slug, program.official_name, office.name, f"{year}年度", "当初", None, "見本"]
        sheet.append([*labels, 1_000 + number])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _timed(run, content):
    from sumairu.imports.models import FigureChange
    from support.models import BudgetFigure

    FigureChange.objects.all().delete()
    BudgetFigure.objects.all().delete()
    begun = perf_counter()
    run(content)
    seconds = perf_counter() - begun
    assert BudgetFigure.objects.count() == FIGURES
    return seconds


def _ours(content):
    """Upload, look at the preview, save."""
    from sumairu.imports.kinds import kinds
    from sumairu.imports.models import ImportRun
    from sumairu.imports.previewing import kept_of
    from sumairu.imports.saving import preview, save

    kind = kinds()["budget"]
    run, _ = preview(kind, content, "予算.xlsx")
    digest = kept_of(ImportRun.objects.get(pk=run.pk), kind).digest
    save(kind, ImportRun.objects.get(pk=run.pk), digest)


def _floor(content):
    from python_calamine import CalamineWorkbook

    from regions.models import Subprefecture
    from support.models import BudgetFigure, Program
    from tests.factories import make_run

    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]
    programs = {program.slug: program.pk for program in Program.objects.all()}
    offices = {office.name: office.pk for office in Subprefecture.objects.all()}
    run = make_run()
    BudgetFigure.objects.bulk_create(
        [
            BudgetFigure(
                program_id=programs[slug],
                subprefecture_id=offices[office],
                fiscal_year=int(year[:4]),
                stage="当初",
                amount_yen=int(amount) * 1000,
                run=run,
                sheet="予算額",
                cell="H2",
            )
            for slug, _, office, year, _, _, _, amount in rows
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["amount_yen"],
    )


def _stock(content):
    """Preview (a dry run) and save, as the admin of django-import-export does by default."""
    from import_export import fields, resources, widgets
    from import_export.formats.base_formats import XLSX
    from tablib import Dataset

    from regions.models import Subprefecture
    from support.models import BudgetFigure, Program
    from tests.factories import make_run

    run = make_run()
    sources = {"stage": "当初", "run": run.pk, "sheet": "予算額", "cell": "H2"}

    class BudgetResource(resources.ModelResource):
        program = fields.Field("program", "program", widgets.ForeignKeyWidget(Program, "slug"))
        subprefecture = fields.Field("subprefecture", "subprefecture", widgets.ForeignKeyWidget(Subprefecture, "name"))

        class Meta:
            model = BudgetFigure
            import_id_fields = ["program", "subprefecture", "fiscal_year", "stage"]
            fields = [*import_id_fields, "amount_yen", "run", "sheet", "cell"]

    table = Dataset(headers=["program", "subprefecture", "fiscal_year", "amount_yen", *sources])
    for slug, _, office, year, _, _, _, amount in XLSX().create_dataset(content):
        table.append([slug, office, int(year[:4]), int(amount) * 1000, *sources.values()])
    for dry_run in (True, False):
        BudgetResource().import_data(table, dry_run=dry_run, raise_errors=True)


if __name__ == "__main__":
    main()
