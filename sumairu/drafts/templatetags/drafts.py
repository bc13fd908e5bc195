from django import template
from django.utils.html import format_html

from sumairu.drafts.models import RESUME, Draft
from sumairu.drafts.tokens import FORM_FIELD, form_token, sign_form

register = template.Library()


@register.simple_tag(takes_context=True)
def form_mark(context, path="", resumes=True):
    """The hidden field by which a form proves, later, who opened it.

    `path` is where the form is posted to, this page's own by default; `resumes` says whether this page can show again
    what was typed.
    """
    request = context["request"]
    page = _without_draft(request) if resumes else ""
    resumed = getattr(request, "resumed", None)
    posted = form_token(request.POST.get(FORM_FIELD), request.path) if request.method == "POST" else None
    key = resumed.key if resumed else posted.key if posted and posted.user == request.user.pk else None
    token = sign_form(request.user, path or request.path, page, key)
    return format_html('<input type="hidden" name="{}" value="{}">', FORM_FIELD, token)


def _without_draft(request):
    """This page's own address; without its query where that is longer than what can be kept."""
    query = request.GET.copy()
    query.pop(RESUME, None)
    page = f"{request.path}?{query.urlencode()}" if query else request.path
    return page if len(page) <= Draft._meta.get_field("page").max_length else request.path
