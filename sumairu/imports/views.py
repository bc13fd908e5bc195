"""The screens of an import: choose a workbook, wait for it where it is large, check what was read, see what was saved."""

from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from sumairu.access import may, rows
from sumairu.downloads import kept_file, stored_file
from sumairu.imports.cautions import cautions
from sumairu.imports.comparing import Outcome
from sumairu.imports.forms import ConfirmForm, UndoForm, UploadForm
from sumairu.imports.kinds import kinds
from sumairu.imports.mending import marked_name, marked_workbook, marks_of
from sumairu.imports.models import FigureChange, ImportRun, fetch_sources
from sumairu.imports.progress import Progress
from sumairu.imports.saving import NotSaved, drop, previewed
from sumairu.imports.tasks import begin_again, begin_reading, begin_save
from sumairu.imports.templates import template_workbook
from sumairu.imports.undoing import plan, told_history, undo
from sumairu.lib.workbooks import Refused

LINES_A_PAGE = 500
RUNS_SHOWN = 10


def for_importers(view):
    """A staff page for those who may import; other staff are told that it is not for them."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may(request.user, ImportRun, "add"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(guarded)


@for_importers
def import_upload(request):
    offered = _offered(request.user)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*posted, kinds=offered)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            run = begin_reading(form.cleaned_data["kind"], upload.read(), upload.name, request.user)
            return redirect("import_run", run.pk)
        except Refused as error:
            form.add_error("file", str(error))
    saved = ImportRun.objects.saved().with_files()
    context = {
        "form": form,
        "kinds": [(kind, saved.filter(kind=kind.slug).first()) for kind in offered],
        "waiting": ImportRun.objects.waiting_for(request.user),
        "runs": ImportRun.objects.recorded().with_files()[:RUNS_SHOWN],
    }
    return _page(request, "upload", "数値を取り込む", context)


@for_importers
@require_GET
def import_run(request, pk):
    run, kind = _run(request.user, pk)
    if run.state == ImportRun.State.SAVED:
        return _result(request, run, kind)
    if run.state == ImportRun.State.DROPPED:
        return _page(request, "dropped", "取りやめた取込", {"run": run, "kind": kind})
    if run.state == ImportRun.State.REFUSED:
        return _page(request, "refused", "読み取れませんでした", {"run": run, "kind": kind})
    if run.is_at_work:
        return _page(request, "waiting", run.get_state_display(), {"run": run, "kind": kind, "progress": Progress(run)})
    return _preview(request, run, kind)


@for_importers
@require_GET
def import_progress(request, pk):
    """For the script of the waiting page."""
    run, _ = _run(request.user, pk)
    return JsonResponse(Progress(run).as_json() if run.is_at_work else {"page": "over"})


@for_importers
@require_POST
def import_again(request, pk):
    run, _ = _run(request.user, pk)
    try:
        begin_again(run)
    except NotSaved as error:
        messages.error(request, str(error))
    return redirect("import_run", pk)


@for_importers
@require_POST
def import_save(request, pk):
    run, kind = _run(request.user, pk)
    form = ConfirmForm(request.POST)
    try:
        if not form.is_valid():
            raise NotSaved("どの内容を確かめたかが届きませんでした。もう一度確かめてから保存してください。")
        begin_save(kind, run, form.cleaned_data["digest"])
    except NotSaved as error:
        messages.error(request, str(error))
    return redirect("import_run", pk)


@for_importers
@require_POST
def import_drop(request, pk):
    run, _ = _run(request.user, pk)
    try:
        drop(run)
        messages.success(request, f"{run.file.name} の取込をやめました。何も保存していません。")
    except NotSaved as error:
        messages.error(request, str(error))
    return redirect("import_upload")


@for_importers
def import_undo(request, pk):
    run, kind = _run(request.user, pk)
    if run.state != ImportRun.State.SAVED or hasattr(run, "undone_by"):
        return redirect("import_run", pk)
    if request.method == "POST":
        form = UndoForm(request.POST)
        try:
            if not form.is_valid():
                raise NotSaved("どの内容を確かめたかが届きませんでした。もう一度確かめてから取り消してください。")
            return redirect("import_run", undo(kind, run, request.user, **form.cleaned_data).pk)
        except NotSaved as error:
            messages.error(request, str(error))
            return redirect("import_undo", pk)
    planned = plan(kind, run)
    changed_since = planned.changed_since[:LINES_A_PAGE]
    fetch_sources([step.since for step in changed_since if step.since])
    context = {
        "run": run,
        "kind": kind,
        "plan": planned,
        "back": planned.back[:LINES_A_PAGE],
        "changed_since": changed_since,
        "stuck": planned.stuck[:LINES_A_PAGE],
        "digest": planned.digest,
    }
    return _page(request, "undo", "やり直す" if run.is_undo else "取り消す", context)


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
        "admin_url": f"admin:{kind.model._meta.label_lower.replace('.', '_')}",
    }
    return _page(request, "history", "数値の履歴", context)


@for_importers
@require_GET
def import_file(request, pk):
    run, _ = _run(request.user, pk)
    return stored_file(run.file)


@for_importers
@require_GET
def import_mending(request, pk):
    """The workbook with all that is to be mended marked in it, for whoever sent it."""
    run, kind = _run(request.user, pk)
    if run.packed_reading is None:
        raise Http404
    comparison = previewed(kind, run)
    marks, notices = marks_of(comparison, cautions(run, comparison))
    if not marks and not notices:
        messages.info(request, "直してほしいところはありません。")
        return redirect("import_run", pk)
    try:
        content = marked_workbook(bytes(run.file.content), run.file.name, marks, [*notices, *run.reading.notices])
    except Refused as error:
        messages.error(request, str(error))
        return redirect("import_run", pk)
    return kept_file(content, marked_name(run.file.name))


@for_importers
@require_GET
def import_template(request, slug):
    kind = {kind.slug: kind for kind in _offered(request.user)}.get(slug)
    if kind is None:
        raise Http404
    return kept_file(template_workbook(kind), f"{kind.label}のひな形.xlsx")


def _offered(user):
    return [kind for kind in kinds().values() if may(user, kind.model, "import")]


def _run(user, pk):
    run = get_object_or_404(rows(user, ImportRun).with_files(), pk=pk)
    kind = kinds().get(run.kind)
    if kind is None or not may(user, kind.model, "import"):
        raise Http404
    return run, kind


def _preview(request, run, kind):
    if run.message:
        messages.error(request, run.message)
    comparison = previewed(kind, run)
    shown = [line for line in comparison.lines if line.outcome != Outcome.SKIPPED]
    context = {
        "run": run,
        "kind": kind,
        "comparison": comparison,
        "counts": [(outcome, comparison.counts[outcome]) for outcome in Outcome],
        "page": Paginator(shown, LINES_A_PAGE).get_page(request.GET.get("page")),
        "errors": comparison.to_settle,
        "skipped": comparison.of(Outcome.SKIPPED)[:LINES_A_PAGE],
        "form": ConfirmForm(initial={"digest": comparison.digest}),
        "same_file": ImportRun.objects.saved().filter(kind=run.kind, file__sha256=run.file.sha256).first(),
    }
    return _page(request, "preview", "読み取りを確かめる", context)


def _result(request, run, kind):
    changes = FigureChange.objects.filter(run=run).order_by("pk")
    removed = changes.filter(after=None)
    context = {
        "run": run,
        "kind": kind,
        "saved": run.new + run.changed,
        "changed": changes.exclude(before=None).exclude(after=None)[:LINES_A_PAGE],
        "added": changes.filter(before=None)[:LINES_A_PAGE],
        "removed": removed[:LINES_A_PAGE],
        "removed_count": removed.count(),
        "public_url": reverse(kind.public_url),
    }
    return _page(request, "result", f"{run.act}の記録" if run.undoes_id else "保存しました", context)


def _page(request, template, title, context):
    return render(request, f"imports/{template}.html", admin.site.each_context(request) | {"title": title} | context)
