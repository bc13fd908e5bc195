"""The screens of an import: choose a workbook, wait for it where it is large, check what was read, see what was saved."""

from django.contrib import admin, messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sumairu.access import may, rows
from sumairu.downloads import kept_file, stored_file
from sumairu.drafts.resuming import asked_draft, typed, waiting_draft
from sumairu.imports.answering import answers_in
from sumairu.imports.cautions import cautions, marks_of
from sumairu.imports.correcting import correction_form, corrections_with
from sumairu.imports.forms import GivingOutForm, SaveForm, UndoForm, UploadForm
from sumairu.imports.giving_out import contents_of, public_figures
from sumairu.imports.kept import forget_dropped
from sumairu.imports.kinds import kinds
from sumairu.imports.models import FigureChange, ImportRun, NotSaved
from sumairu.imports.previewing import kept_of, preview_context, saved_sheet_page, sheet_page
from sumairu.imports.progress import Progress
from sumairu.imports.results import Result, links_into_sheets, shown_to_public
from sumairu.imports.saving import answer, previewed
from sumairu.imports.screens import for_importers, only_posted, run_of, staff_page
from sumairu.imports.tasks import begin_again, begin_reading, begin_rereading, begin_save, begin_undo
from sumairu.imports.undoing import plan, told_history
from sumairu.lib.blank_workbooks import blank_workbook
from sumairu.lib.marked_workbook import marked_name, marked_workbook
from sumairu.lib.workbooks import Refused

LINES_A_PAGE = 500
RUNS_SHOWN = 10
GIVING_HELP = ImportRun._meta.get_field("may_be_given_out").help_text


@for_importers
def import_upload(request):
    offered = _offered(request.user)
    draft = asked_draft(request)
    posted = typed(request, draft) if draft else (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*posted, kinds=offered)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            run = begin_reading(form.cleaned_data["kind"], upload.read(), upload.name, request.user)
            return redirect("import_run", run.pk)
        except Refused as error:
            form.add_error("file", str(error))
    saved = ImportRun.objects.saved().with_files()
    context = {
        "form": form,
        "unsaved": draft or waiting_draft(request),
        "kinds": [(kind, saved.filter(kind=kind.slug).first()) for kind in offered],
        "waiting": ImportRun.objects.waiting_for(request.user),
        "runs": ImportRun.objects.recorded().with_files()[:RUNS_SHOWN],
    }
    return staff_page(request, "upload", "数値を取り込む", context)


@for_importers
@require_GET
def import_run(request, pk):
    run, kind = run_of(request.user, pk)
    if run.state == ImportRun.State.SAVED:
        return _result(request, run, kind)
    if run.state == ImportRun.State.DROPPED and run.is_being_undone:
        messages.error(request, run.message or "取消しをやめました。数値は何も変わっていません。")
        return redirect("import_undo", run.to_undo_id)
    if run.state == ImportRun.State.DROPPED:
        return staff_page(request, "dropped", "取りやめた取込", {"run": run, "kind": kind})
    if run.state == ImportRun.State.REFUSED:
        return staff_page(request, "refused", "読み取れませんでした", {"run": run, "kind": kind})
    if run.is_at_work:
        return staff_page(
            request, "waiting", run.get_state_display(), {"run": run, "kind": kind, "progress": Progress(run)}
        )
    page = sheet_page(run, kind, request.GET)
    table = request.GET.get("table")
    return _preview(request, run, page, correction_form(run, page, table), asks_to_correct=table is not None)


@for_importers
@require_GET
def import_cell(request, pk):
    """What the preview says of one cell, for a page that is open already."""
    run, kind = run_of(request.user, pk)
    if not run.is_open:
        raise Http404
    return render(request, "imports/_selected.html", {"run": run, "page": sheet_page(run, kind, request.GET)})


@for_importers
@require_GET
def import_sheet(request, pk):
    """A sheet of a saved run, with what came of each of its cells."""
    run, kind = run_of(request.user, pk)
    page = saved_sheet_page(run, kind, request.GET) if run.state == ImportRun.State.SAVED else None
    if page is None:
        return redirect("import_run", pk)
    return staff_page(request, "sheet", "取り込んだシート", {"run": run, "kind": kind, "page": page})


@for_importers
@only_posted
def import_answers(request, pk):
    run, kind = run_of(request.user, pk)
    answers, remembered, troubles = answers_in(request.POST, run, kept_of(run, kind))
    if not answers and not troubles:
        troubles.append("まだどれにも答えていません。答えを選んでから押してください。")
    try:
        if answers:
            answer(kind, run, answers, remembered)
            messages.success(request, "答えを反映しました。")
    except NotSaved as error:
        troubles = [str(error)]
    for trouble in troubles:
        messages.warning(request, trouble)
    return _back_to_preview(pk, request.POST)


@for_importers
@only_posted
def import_reading(request, pk):
    """Read the workbook as the form says, or as it came, and keep that as a layout where asked to."""
    run, kind = run_of(request.user, pk)
    try:
        if "plain" in request.POST:
            if begin_rereading(kind, run, None):
                messages.success(request, "もとの読み方に戻しました。")
            return _back_to_preview(pk, request.POST)
        page = sheet_page(run, kind, request.POST)
        form = correction_form(run, page, request.POST.get("table"), request.POST)
        if not form.is_valid():
            return _preview(request, run, page, form) if run.is_open else _back_to_preview(pk, request.POST)
        keep_as = form.cleaned_data["name"] if form.cleaned_data["keep"] else ""
        if begin_rereading(kind, run, corrections_with(run, form), keep_as, request.user):
            messages.success(request, "この読み方で読み直しました。")
            if keep_as:
                messages.success(request, "この読み方を覚えました。同じ形のブックが来たら、はじめからこう読みます。")
    except (NotSaved, Refused) as error:
        messages.error(request, str(error))
    return _back_to_preview(pk, request.POST)


@for_importers
@require_GET
def import_progress(request, pk):
    """For the script of the waiting page."""
    run, _ = run_of(request.user, pk)
    return JsonResponse(Progress(run).as_json() if run.is_at_work else {"page": "over"})


@for_importers
@only_posted
def import_again(request, pk):
    run, _ = run_of(request.user, pk)
    try:
        begin_again(run)
    except NotSaved as error:
        messages.error(request, str(error))
    return redirect("import_run", pk)


@for_importers
@only_posted
def import_save(request, pk):
    run, kind = run_of(request.user, pk)
    form = SaveForm(request.POST)
    try:
        if not form.is_valid():
            raise NotSaved("どの内容を確かめたかが届きませんでした。もう一度確かめてから保存してください。")
        begin_save(kind, run, form.cleaned_data["digest"], form.cleaned_data["leaving_rest"])
    except NotSaved as error:
        messages.error(request, str(error))
    return redirect("import_run", pk)


@for_importers
@only_posted
def import_drop(request, pk):
    run, _ = run_of(request.user, pk)
    try:
        run.drop()
        forget_dropped()
        messages.success(request, f"{run.file.name} の取込をやめました。何も保存していません。")
    except NotSaved as error:
        messages.error(request, str(error))
    return redirect("import_upload")


@for_importers
@only_posted
def import_drop_all(request):
    """Give up all that the editor has chosen and neither saved nor dropped, but what is being saved now."""
    waiting = ImportRun.objects.waiting_for(request.user)
    dropped = ImportRun.objects.droppable().filter(pk__in=waiting.values("pk")).drop()
    forget_dropped()
    messages.success(request, f"途中の取込{dropped}件をやめました。何も保存していません。")
    return redirect("import_upload")


@for_importers
def import_giving_out(request, pk):
    """What everybody would find in the workbook, and letting them have it once somebody has looked."""
    run, kind = run_of(request.user, pk)
    run.refuse_giving_out()
    form = GivingOutForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        run.give_out(True, request.user)
        messages.success(request, "もとのブックを公開しました。")
        return redirect("import_run", pk)
    context = {"run": run, "kind": kind, "form": form, "contents": contents_of(run), "giving_help": GIVING_HELP}
    return staff_page(request, "giving_out", "もとのブックを公開する", context)


@for_importers
@only_posted
def import_taking_back(request, pk):
    """Let nobody have the workbook any more."""
    run, _ = run_of(request.user, pk)
    run.give_out(False, request.user)
    messages.success(
        request, "もとのブックの公開をやめました。同じブックの、ほかの取込でもやめたので、もう受け取れません。"
    )
    return redirect("import_run", pk)


@for_importers
def import_undo(request, pk):
    run, kind = run_of(request.user, pk)
    if run.state != ImportRun.State.SAVED or hasattr(run, "undone_by"):
        return redirect("import_run", pk)
    if request.method == "POST":
        form = UndoForm(request.POST)
        try:
            if not form.is_valid():
                raise NotSaved("どの内容を確かめたかが届きませんでした。もう一度確かめてから取り消してください。")
            return redirect("import_run", begin_undo(kind, run, request.user, **form.cleaned_data).pk)
        except NotSaved as error:
            messages.error(request, str(error))
            return redirect("import_undo", pk)
    planned = plan(kind, run)
    changed_since = planned.changed_since[:LINES_A_PAGE]
    since = FigureChange.objects.with_sources().in_bulk([step.since.pk for step in changed_since if step.since])
    context = {
        "run": run,
        "kind": kind,
        "plan": planned,
        "back": planned.back[:LINES_A_PAGE],
        "changed_since": [(step, since.get(step.newest.pk)) for step in changed_since],
        "stuck": planned.stuck[:LINES_A_PAGE],
    }
    return staff_page(request, "undo", "やり直す" if run.is_undo else "取り消す", context)


@admin.site.admin_view
@require_GET
def figure_history(request, slug, pk):
    """Every value that a figure has had, also of one that is gone."""
    kind = kinds().get(slug)
    if kind is None or not may(request.user, kind.model, "view"):
        raise Http404
    figure = rows(request.user, kind.model).filter(pk=pk).first()
    changes = told_history(kind, pk)
    if not changes and not figure:
        raise Http404
    context = {
        "kind": kind,
        "figure": figure,
        "label": figure.identity if figure else changes[0][0].label,
        "changes": changes,
        "may_import": may(request.user, kind.model, "import"),
        "admin_url": f"admin:{_admin_name(kind)}",
    }
    return staff_page(request, "history", "数値の履歴", context)


@for_importers
@require_GET
def import_file(request, pk):
    run, _ = run_of(request.user, pk)
    return stored_file(run.file)


@for_importers
@require_GET
def import_mending(request, pk):
    """The workbook with all that is to be mended marked in it, for whoever sent it."""
    run, kind = run_of(request.user, pk)
    if not run.has_reading:
        raise Http404
    comparison = previewed(kind, run)
    marks, notices = marks_of(comparison, cautions(run, comparison))
    if not marks and not notices:
        messages.info(request, "直してほしいところはありません。")
        return redirect("import_run", pk)
    try:
        content = marked_workbook(run.file.content, run.file.name, marks, [*notices, *run.reading.notices])
    except Refused as error:
        messages.error(request, str(error))
        return redirect("import_run", pk)
    return kept_file(content, marked_name(run.file.name))


@for_importers
@require_GET
def import_blank(request, slug):
    kind = {kind.slug: kind for kind in _offered(request.user)}.get(slug)
    if kind is None:
        raise Http404
    return kept_file(blank_workbook(kind.label, kind.blanks()), f"{kind.label}のひな形.xlsx")


def _offered(user):
    return [kind for kind in kinds().values() if may(user, kind.model, "import")]


def _preview(request, run, page, correction, asks_to_correct=False):
    if run.message:
        messages.error(request, run.message)
    context = preview_context(run, page, correction, request.user)
    context |= {"asks_to_correct": asks_to_correct}
    return staff_page(request, "preview", "読み取りを確かめる", context)


def _back_to_preview(pk, post):
    """The preview of the sheet that the form stood beside."""
    sheet = post.get("sheet", "")
    query = f"?sheet={sheet}" if sheet.isascii() and sheet.isdecimal() else ""
    return redirect(f"{reverse('import_run', args=[pk])}{query}")


def _result(request, run, kind):
    changes = FigureChange.objects.filter(run=run).order_by("pk")
    removed = changes.filter(after=None)
    removed_count = removed.count()
    sheets = saved_sheet_page(run, kind, {})
    link_to = links_into_sheets(run, sheets)
    context = {
        "run": run,
        "kind": kind,
        "saved": run.new + run.changed,
        "changed": _with_links(changes.exclude(before=None).exclude(after=None)[:LINES_A_PAGE], link_to),
        "added": _with_links(changes.filter(before=None)[:LINES_A_PAGE], link_to),
        "removed": removed[:LINES_A_PAGE],
        "changed_count": run.changed - removed_count,
        "removed_count": removed_count,
        "public_url": reverse(kind.public_url),
        "result": Result(run.result, link_to),
        "has_sheets": sheets is not None,
        "givings": run.givings.select_related("decided_by"),
        "giving_help": GIVING_HELP,
        "has_public": bool(run.may_be_given_out and public_figures(run).exists()),
        "shown": [] if run.undoes_id else shown_to_public(kind, run),
        "add_url": may(request.user, kind.model, "add") and reverse(f"admin:{_admin_name(kind)}_add"),
    }
    return staff_page(request, "result", f"{run.act}の記録" if run.undoes_id else "保存しました", context)


def _with_links(lines, link_to):
    return [(line, link_to(line.sheet, line.cell)) for line in lines]


def _admin_name(kind):
    return kind.model._meta.label_lower.replace(".", "_")
