"""Where anybody says what they want to be told by mail.

As with reports no CSRF token is asked for: whoever sends the form has no authority that somebody else could borrow, and the
page is the same for everyone. What a browser says comes from another site is refused all the same.
"""

from functools import wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sumairu.accounts import throttle
from sumairu.outbox.models import KEPT_FOR
from sumairu.publishing.asked import asks
from support.calls import call_in
from support.digests.choices import kinds_told
from support.digests.door import ask_to_remind, ask_to_subscribe
from support.digests.forms import ReminderForm, SignUpForm
from support.digests.models import days_before
from support.digests.reminding import windows_told
from support.digests.weekly import HOUR
from support.models import Pillar

LONGEST_KEY = 18  # digits; more are in no database


def where_mail_is_sent(view):
    @wraps(view)
    def guarded(request):
        if not settings.SENDS_MAIL:
            raise Http404
        return view(request)

    return guarded


@csrf_exempt
@asks("town", "office", "pillar", "kind", takes_post=True)
@require_http_methods(["GET", "HEAD", "POST"])
@where_mail_is_sent
def mail(request):
    asked = request.GET
    pillars = [asked["pillar"]] if asked.get("pillar") in Pillar.values else Pillar.values
    initial = {"town": asked.get("town"), "office": asked.get("office"), "pillars": pillars}
    if asked.get("kind") in kinds_told():
        initial["kinds"] = [asked["kind"]]
    form = SignUpForm(request.POST) if request.method == "POST" else SignUpForm(initial=initial)
    return _answered(request, form, "mail", {}, lambda: ask_to_subscribe(form.cleaned_data["email"], form.choice))


@csrf_exempt
@asks("call", takes_post=True)
@require_http_methods(["GET", "HEAD", "POST"])
@where_mail_is_sent
def mail_reminder(request):
    key = request.GET.get("call", "")
    if not key:  # the address by itself: where calls are chosen
        return redirect("call_list")
    key = int(key) if key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY else 0
    windows = windows_told().select_related("edition__program", "subprefecture")
    call = call_in(get_object_or_404(windows, pk=key))
    if not call.is_live:
        raise Http404
    before = days_before(call.window)
    # Too late for a reminder: the page says so, to whoever sends a form opened before midnight, too.
    form = ReminderForm(request.POST if request.method == "POST" and before is not None else None)
    context = {"call": call, "days_before": before}
    return _answered(request, form, "mail_reminder", context, lambda: ask_to_remind(form.cleaned_data["email"], call))


@asks()
@where_mail_is_sent
def mail_sent(request):
    return render(request, "digests/mail_sent.html", {"shows_mail": settings.SHOWS_MAIL})


def _answered(request, form, name, context, write):
    """The page of a form; where it was sent as it should be, one answer whoever the address belongs to."""
    status = 200
    if request.method == "POST":
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise PermissionDenied
        if form.is_valid():
            wait = None if form.is_by_a_program else _wait(request, form, name)
            if wait is None:
                if not form.is_by_a_program:
                    write()
                return redirect("mail_sent")
            form.add_error(None, wait.words)
            status = 429
        else:
            status = 400
    kept = {"hour": HOUR, "kept_for": KEPT_FOR.days}
    return render(request, f"digests/{name}.html", {"form": form} | kept | context, status=status)


def _wait(request, form, name):
    return throttle.begin(name, form.cleaned_data["email"], throttle.client_address(request))
