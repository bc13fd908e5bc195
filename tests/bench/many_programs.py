"""Of `tests.bench.many` what hangs on programmes: their editions of all years, budgets, windows, and what calendars were told.

There are as many programmes for few rows as for many: pages that list programmes then show the same, and what grows is
what lies behind them. The windows of the newest year come first, as a portal begins with the year that runs; of figures
those of as many programmes as a page has charts of.
"""

from datetime import date, timedelta
from itertools import chain, islice, product
from uuid import UUID, uuid5

SOURCE = "計測用の見本（tests.bench.many）"
FILE = "計測用の見本.xlsx"
PROGRAM = "keisoku-mihon-"
PROGRAMS = 67  # as many as 100,000 budget figures take
YEARS = range(2007, 2027)
CHARTED = 12  # programmes that have figures first
ROUNDS = 2  # calls of a year for the same applicants of the same office
NARROW_EVERY, LEFT_OUT = 4, "kushiro"  # one programme in so many is for all offices but this one
LASTING_EVERY = 40  # windows, one of which has no last day
DAYS_EARLY = 30  # before the fiscal year begins the first windows for it close
MADE = UUID("5a1c0d1e-3f57-5d0b-8f0e-0f8f5f1f7a10")  # the namespace of the identifiers of windows
ROWS_AT_ONCE = 2_000


def add_programs(count):
    """The programmes, `count` budget figures and `count` windows of them."""
    from support import given
    from support.models import ProgramEdition

    programs = _programs()
    editions = _editions(programs)
    _figures(count, programs)
    _windows(count, editions)
    given.keep(ProgramEdition.objects.filter(program__in=programs).values("pk"))


def remove_programs(at_once):
    """Take them away again, each kind of rows by `at_once`."""
    from sumairu.imports.models import ImportRun
    from sumairu.models import FileContent, StoredFile
    from support.models import (
        ApplicationWindow,
        BudgetFigure,
        EligibilityRule,
        GivenCall,
        Program,
        ProgramEdition,
    )

    programs = Program.objects.filter(slug__startswith=PROGRAM, is_sample=True)
    editions = ProgramEdition.objects.filter(program__in=programs)
    runs = ImportRun.objects.filter(file__name=FILE)
    files = list(runs.values_list("file", flat=True))
    for model in (GivenCall, ApplicationWindow, EligibilityRule):
        at_once(model.objects.filter(edition__in=editions))
    for rows in (BudgetFigure.objects.filter(run__in=runs), editions, programs, runs):
        at_once(rows)
    for rows in (FileContent.objects.filter(file__in=files), StoredFile.objects.filter(pk__in=files)):
        at_once(rows)


def saved(model, rows):
    """Save `rows` of `model` some at a time."""
    rows = iter(rows)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        model.objects.bulk_create(some)


def _programs():
    from support.models import Pillar, Program

    return Program.objects.bulk_create(
        Program(
            slug=f"{PROGRAM}{number:03}",
            pillar=Pillar.values[number % len(Pillar)],
            official_name=f"計測用の見本の交付金（{number + 1}）",
            plain_name=f"計測用の見本を使う（{number + 1}）",
            order=900,
            is_sample=True,
        )
        for number in range(PROGRAMS)
    )


def _editions(programs):
    """An edition of every programme for every year: of each year a list, those with a rule in it among them."""
    from regions.models import Fact, Subprefecture
    from sumairu.publishing.models import Status
    from support.models import EligibilityRule, ProgramEdition

    editions = ProgramEdition.objects.bulk_create(
        ProgramEdition(
            program=program,
            fiscal_year=year,
            summary=SOURCE,
            status=Status.PUBLISHED,
            publish_on=date(year, 4, 1) - timedelta(days=DAYS_EARLY),
            is_sample=True,
        )
        for year in YEARS
        for program in programs
    )
    place, left_out = Fact.objects.get(slug="subprefecture"), Subprefecture.objects.get(slug=LEFT_OUT).name
    EligibilityRule.objects.bulk_create(
        EligibilityRule(edition=edition, fact=place, operator=EligibilityRule.Operator.NE, value=left_out)
        for number, edition in enumerate(editions)
        if number % PROGRAMS % NARROW_EVERY == 0
    )
    rows = iter(editions)
    return {year: list(islice(rows, PROGRAMS)) for year in YEARS}


def _figures(count, programs):
    """Budgets of all years, places and stages, as one workbook would have brought them."""
    from sumairu.imports.models import ImportRun
    from sumairu.models import StoredFile
    from support.models import BudgetFigure

    file = StoredFile.of(FILE, SOURCE.encode(), "text/plain")
    file.save()
    run = ImportRun.objects.create(kind="budget", file=file, state=ImportRun.State.DROPPED)
    groups = [programs[place : place + CHARTED] for place in range(0, PROGRAMS, CHARTED)]
    each_group = (product(BudgetFigure.Stage, reversed(YEARS), _places(), group) for group in groups)
    keys = islice(chain.from_iterable(each_group), count)
    rows = (
        BudgetFigure(
            program=program,
            fiscal_year=year,
            subprefecture=place,
            stage=stage,
            amount_yen=1_000_000 + number % 977 * 13_000,
            run=run,
            sheet="見本",
            cell=f"B{number + 2}",
            raw=str(1_000 + number % 977 * 13),
            unit="千円",
        )
        for number, (stage, year, place, program) in enumerate(keys)
    )
    saved(BudgetFigure, rows)


def _windows(count, editions):
    """Windows of every office and applicant, with last days all over the year that they are for; some have none."""
    from support.models import ApplicationWindow

    kinds = product(range(ROUNDS), ApplicationWindow.Applicant, _places())
    each_year = list(kinds)
    keys = ((year, *kind, edition) for year in reversed(YEARS) for kind in each_year for edition in editions[year])
    rows = (
        ApplicationWindow(
            edition=edition,
            subprefecture=place,
            applicant=applicant,
            uid=uuid5(MADE, str(number)),
            is_sample=True,
            **_days(year, number),
        )
        for number, (year, _, applicant, place, edition) in enumerate(islice(keys, count))
    )
    saved(ApplicationWindow, rows)


def _days(year, number):
    if number % LASTING_EVERY == 0:
        return {}
    closes_on = date(year, 4, 1) + timedelta(days=number * 37 % 365 - DAYS_EARLY)
    return {"opens_on": closes_on - timedelta(days=20 + number % 70), "closes_on": closes_on}


def _places():
    from regions.models import Subprefecture

    return [None, *Subprefecture.objects.all()]
