"""The page of a link that acts. Who holds the token holds all the authority there is, so no cookie and no CSRF token is asked."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sumairu.accounts import throttle
from sumairu.acting_links.models import Link, digest_of
from sumairu.acting_links.purposes import purpose_named

# For nobody else: not kept, not found by search engines, its address not told to the page one goes to from here.
FOR_ONE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def link(request):
    token = request.GET.get("token", "")
    link = Link.objects.with_token(token)
    purpose = link and purpose_named(link.purpose)
    question = purpose and purpose.ask(link.payload)
    if question is None:
        response = _unusable(request, token)
    elif request.method == "POST":
        response = _acted(request, link, purpose, question)
    else:
        response = _asked(request, question, purpose.form and purpose.form(link.payload, None))
    for name, value in FOR_ONE.items():
        response.headers[name] = value
    return response


def _asked(request, question, form, status=200):
    return render(request, "acting_links/ask.html", {"said": question, "form": form}, status=status)


def _acted(request, link, purpose, question):
    is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    if is_one_click and not purpose.is_one_click:
        return _unusable(request, "")
    form = purpose.form and purpose.form(link.payload, request.POST)
    if form and not form.is_valid():
        return _asked(request, question, form, 400)
    with transaction.atomic():
        done = purpose.act(link.payload, form, request) if link.use() else None
    if done is None:
        return _unusable(request, "")
    return HttpResponse(done.title) if is_one_click else render(request, "acting_links/done.html", {"said": done})


def _unusable(request, token):
    """One answer, whatever the reason. Whoever posts such tokens again and again is slowed down; a good link always acts."""
    if request.method == "POST" and (
        wait := throttle.begin("link", digest_of(token), throttle.client_address(request))
    ):
        return render(request, "acting_links/unusable.html", {"wait": wait.words}, status=429)
    return render(request, "acting_links/unusable.html", status=404)
