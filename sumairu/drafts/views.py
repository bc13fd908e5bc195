"""The page of a draft: why it was not saved, what was typed, and the way on."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from sumairu.drafts.keeping import keep
from sumairu.drafts.models import Draft
from sumairu.drafts.resuming import texts


@never_cache
@login_required
@require_GET
def draft_detail(request, key):
    return kept_page(request, get_object_or_404(Draft.objects.of(request.user).kept(), key=key))


@login_required
def draft_discard(request, key):
    draft = get_object_or_404(Draft.objects.of(request.user), key=key)
    if request.method != "POST":  # whoever has signed in anew, as the session had ended
        return redirect(draft)
    draft.delete()
    messages.success(request, "保存していない入力を捨てました。")
    return redirect(draft.page or "admin:index")


def csrf_failure(request, reason=""):
    """In place of Django's page in English: what happened, and the way back to what was typed."""
    request.kept_draft = keep(request, Draft.Why.UNPROVEN) if request.method == "POST" else None
    context = {"title": "送られたものを受け取れませんでした", "draft": request.kept_draft, "reason": reason}
    return render(request, "drafts/csrf_failure.html", admin.site.each_context(request) | context, status=403)


def kept_page(request, draft, status=200):
    """Also for somebody who may no longer enter: what they typed is theirs."""
    may_enter = admin.site.has_permission(request)
    context = {
        "title": "入力した内容を残してあります",
        "draft": draft,
        "texts": list(texts(draft)),
        "files": draft.files.defer("content"),
        "may_enter": may_enter,
        "may_resume": may_enter and draft.page and draft.why not in (Draft.Why.REFUSED, Draft.Why.GONE),
        "may_send_again": may_enter and not draft.page,
        "held": draft.fields,
    }
    return render(request, "drafts/kept.html", admin.site.each_context(request) | context, status=status)
