"""The form by which anybody says that something on a page is wrong.

It asks for no CSRF token: whoever sends it has no authority that somebody else could borrow, and without the token the
page is the same for everyone and sets no cookie. What a browser says comes from another site is refused all the same.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sumairu.accounts import throttle
from sumairu.lib.page_text import around
from sumairu.models import ContentVersion
from sumairu.publishing.asked import asks
from sumairu.versions.models import Origin
from sumairu.versions.recording import recording
from support.reports.forms import ReportForm
from support.reports.models import CONTACT_KEPT_FOR, MOST_SAID, Report
from support.reports.pages import is_ours, page_at


@csrf_exempt
@asks("page", "about", takes_post=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    page = page_at(request.GET.get("page", "") or reverse("home"), request)
    if page is None:
        raise Http404
    about = request.GET.get("about", "").strip()
    about = about if page.says(about) else ""
    form, status = ReportForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise PermissionDenied
        if form.is_valid() and not (wait := _kept(form, page, about, request)):
            return redirect(f"{reverse('report_received')}?{urlencode({'page': page.address})}")
        if form.is_valid():
            form.add_error(None, wait)
        status = 429 if form.non_field_errors() else 400
    context = {
        "form": form,
        "page": page,
        "about": about,
        "contact_kept_for": CONTACT_KEPT_FOR.days,
        "address": f"{reverse('report')}?{urlencode({'page': page.address, 'about': about})}",
    }
    return render(request, "support/reports/report.html", context, status=status)


@asks("page")
def report_received(request):
    page = request.GET.get("page", "")
    return render(request, "support/reports/report_received.html", {"back": page if is_ours(page) else ""})


def _kept(form, page, about, request):
    """Keep a report; what to tell somebody who sends too many. Of one that a program filled in nothing is kept."""
    if form.is_by_a_program:
        return ""
    if wait := throttle.begin("report", page.address, throttle.client_address(request)):
        minutes = -(-wait.seconds // 60)
        time = f"{minutes}分" if wait.seconds > 60 else f"{wait.seconds}秒"
        return f"短い間に続けて連絡をいただいたため、間をあけています。あと{time}たってから、もう一度送ってください。"
    with recording(origin=Origin.FORM, reference="この情報は違います") as changes:
        kept = form.report(page, about, ContentVersion.current())
        kept.said = around(page.text, about, MOST_SAID)
        kept.save()
        changes.made(Report, [kept.pk])
    return ""
