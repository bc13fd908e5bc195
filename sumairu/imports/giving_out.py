"""The workbooks that anybody may have: those of which headquarters said so, as long as something public comes from them."""

from django.db.models import Exists, OuterRef

from sumairu.imports.kinds import kinds
from sumairu.imports.models import ImportRun


def public_figures(run):
    """The figures of a run that are public today; of a kind that knows no such state, all of them."""
    kind = kinds().get(run.kind)  # a run stays where its kind has gone
    return _public(kind.model).filter(run=run) if kind else ImportRun.objects.none()


def workbooks_given_out():
    """The runs whose workbooks anybody may have today, a workbook once, the newest first."""
    found = ImportRun.objects.none()
    for kind in kinds().values():
        own = _public(kind.model).order_by().filter(run=OuterRef("pk"))
        found |= ImportRun.objects.given_out().filter(Exists(own), kind=kind.slug)
    runs = found.select_related("file").order_by("-saved_at", "-pk")
    return list({(run.file.sha256, run.file.name): run for run in reversed(runs)}.values())[::-1]


def given_file(digest, name):
    """The workbook that an address names; None where nobody may have it, or no longer."""
    runs = ImportRun.objects.given_out().filter(file__sha256__startswith=digest, file__name=name)
    run = next((run for run in runs.select_related("file") if public_figures(run).exists()), None)
    return run and run.file


def _public(model):
    rows = model.objects.all()
    return rows.published() if hasattr(rows, "published") else rows
