"""All that the preview of a run says: one sheet as it was read, what is to be settled, how it could be read otherwise."""

from sumairu.imports.answering import (
    CAUTIONS_SHOWN,
    ERRORS_SHOWN,
    QUESTIONS_SHOWN,
    counts_in_words,
    error_entries,
    given_answers,
    question_entries,
)
from sumairu.imports.cautions import cautions
from sumairu.imports.correcting import table_numbers
from sumairu.imports.forms import ConfirmForm
from sumairu.imports.saving import previewed
from sumairu.imports.sheet import SheetPage


def sheet_page(run, kind, query):
    """The sheet that `query` asks for. Raises `Refused`."""
    comparison = previewed(kind, run)
    return SheetPage(run, comparison, cautions(run, comparison), query)


def preview_context(run, page, correction, user):
    comparison = page.comparison
    errors, questions = error_entries(page), question_entries(page, user)
    numbers, new = table_numbers(run, page)
    found = {table.number: table for table in page.tables}
    return {
        "run": run,
        "kind": comparison.kind,
        "comparison": comparison,
        "page": page,
        "counts": counts_in_words(comparison),
        "errors": errors[:ERRORS_SHOWN],
        "more_errors": len(errors[ERRORS_SHOWN:]),
        "questions": questions[:QUESTIONS_SHOWN],
        "more_questions": len(questions[QUESTIONS_SHOWN:]),
        "cautions": [(each, page.link_to(each)) for each in page.cautions[:CAUTIONS_SHOWN]],
        "more_cautions": len(page.cautions[CAUTIONS_SHOWN:]),
        "answered": given_answers(run, comparison),
        "correction": correction,
        "tables": [(number, found.get(number)) for number in numbers],
        "new_table": new,
        "form": ConfirmForm(initial={"digest": comparison.digest}),
    }
