"""All that the preview of a run says: one sheet as it was read, what is to be settled, how it could be read otherwise."""

from django.db import transaction

from sumairu.imports.answering import (
    counts_in_words,
    error_entries,
    given_answers,
    question_entries,
)
from sumairu.imports.comparing import stood_on
from sumairu.imports.correcting import table_numbers
from sumairu.imports.forms import ConfirmForm
from sumairu.imports.kept import Kept, keep
from sumairu.imports.models import KeptComparison
from sumairu.imports.saving import previewed
from sumairu.imports.sheet import SheetPage


def kept_of(run, kind):
    """What is kept of an open run's comparison, made anew where it no longer stands on what is stored.

    So a page may write: what it would compare otherwise, for seconds, each time that it is shown. Raises `Refused`, and
    `NotSaved` where the run is open no longer; what its editor saw last stays.
    """
    found = KeptComparison.objects.filter(run=run).first()
    if found is None or found.stood_on != stood_on(kind):
        comparison = previewed(kind, run)
        with transaction.atomic():
            now = run.held_open()
            if (now.answers, now.corrections) == (run.answers, run.corrections):
                found = keep(run, comparison)
            else:  # whoever answered meanwhile has kept what came of it
                run, found = now, KeptComparison.objects.get(run=run)
    return Kept(run, kind, found)


def saved_sheet_page(run, kind, query):
    """The sheet of a saved run as its editor saw it last; None where that was not kept yet when it was saved."""
    found = KeptComparison.objects.filter(run=run).first()
    return SheetPage(run, Kept(run, kind, found), query) if found else None


def sheet_page(run, kind, query):
    """The sheet that `query` asks for. Raises `Refused`."""
    return SheetPage(run, kept_of(run, kind), query)


def preview_context(run, page, correction, user):
    kept = page.kept
    errors, questions = error_entries(page), question_entries(page, user)
    numbers, new = table_numbers(run, page)
    found = {table.number: table for table in page.tables}
    return {
        "run": run,
        "kind": kept.kind,
        "kept": kept,
        "page": page,
        "counts": counts_in_words(kept),
        "errors": errors,
        "more_errors": kept.error_kinds - len(errors),
        "questions": questions,
        "more_questions": kept.question_count - len(questions),
        "cautions": [(each, page.link_to(each)) for each in kept.cautions],
        "more_cautions": kept.caution_count - len(kept.cautions),
        "answered": given_answers(run, kept.settled),
        "correction": correction,
        "tables": [(number, found.get(number)) for number in numbers],
        "new_table": new,
        "form": ConfirmForm(initial={"digest": kept.digest}),
    }
