"""Who gets to the screens of an import, and what all of them have."""

from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from sumairu.access import may, rows
from sumairu.imports.kinds import kinds
from sumairu.imports.models import ImportRun, NotSaved
from sumairu.lib.workbooks import Busy, Refused, within

# Whatever a request has read takes no longer, all together: the threads that answer are few, and everybody's.
READ_WITHIN = 10
_TAKES_TOO_LONG = (
    "このブックは、画面を待たせたまま読み取るには大きすぎるか、いまほかのブックを読み取っています。"
    "少したってから、もう一度試してください。"
)


def for_importers(view):
    """A staff page for those who may import; other staff are told that it is not for them.

    A workbook that could be read once and no longer can, or not in time, says why on the page where another is chosen;
    a run that is open no longer says so on its own page.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may(request.user, ImportRun, "add"):
            raise PermissionDenied
        try:
            with within(READ_WITHIN):
                return view(request, *args, **kwargs)
        except (Refused, Busy) as error:
            messages.error(request, _TAKES_TOO_LONG if isinstance(error, Busy) else str(error))
            return redirect("import_upload")
        except NotSaved as error:
            messages.error(request, str(error))
            return redirect("import_run", kwargs["pk"])

    return admin.site.admin_view(guarded)


def only_posted(view):
    """What a button does. Who was sent here by signing in anew, after the session had ended, finds the button again."""

    @wraps(view)
    def guarded(request, **kwargs):
        if request.method == "POST":
            return view(request, **kwargs)
        messages.warning(
            request,
            "まだ何も変えていません。サインインの期限が切れていたためです。確かめて、もう一度ボタンを押してください。",
        )
        return redirect("import_run", **kwargs) if kwargs else redirect("import_upload")

    return guarded


def run_of(user, pk):
    """The run and its kind, where `user` may import such. Raises `Http404`."""
    run = get_object_or_404(rows(user, ImportRun).with_files(), pk=pk)
    kind = kinds().get(run.kind)
    if kind is None or not may(user, kind.model, "import"):
        raise Http404
    return run, kind


def staff_page(request, template, title, context):
    return render(request, f"imports/{template}.html", admin.site.each_context(request) | {"title": title} | context)
