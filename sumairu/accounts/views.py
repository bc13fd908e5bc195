"""The second factor, signing out, and what helps who forgot a password. Sign-in itself is the admin's, with a form of ours."""

from functools import wraps

from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sumairu.accounts import forgotten, second_factor, throttle
from sumairu.accounts.access import needs_second_factor
from sumairu.accounts.events import Kind, record, record_stopped
from sumairu.accounts.forms import CodeForm, ForgottenForm, RecoveryForm
from sumairu.accounts.models import SignInEvent
from sumairu.lib import totp

EVENTS_SHOWN = 50


def for_signed_in(view):
    """Pages of somebody who has signed in but need not have passed the second factor yet."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect("admin:login")
        return view(request, *args, **kwargs)

    return never_cache(guarded)


@for_signed_in
def second_factor_page(request):
    """Asks for the code; once it was given, shows what is set up and what can be done about it."""
    factor = second_factor.of(request.user)
    if factor is None:
        return redirect("second_factor_setup")
    if request.session.get(second_factor.PASSED) == factor.pk:
        return _settings(request, factor)
    recovering = "recovery_code" in request.POST or "recovery" in request.GET
    form = (RecoveryForm if recovering else CodeForm)(request.POST or None)
    if request.method == "POST" and form.is_valid() and _passes(request, factor, form, recovering):
        request.session.cycle_key()
        request.session[second_factor.PASSED] = factor.pk
        return redirect(_next(request))
    context = {"form": form, "recovering": recovering, "next": _next(request)}
    return _page(request, "second_factor", "二段階認証", context)


def _passes(request, factor, form, recovering):
    user, address = request.user, throttle.client_address(request)
    if wait := throttle.begin("second-factor", str(user.pk), address):
        form.add_error(None, wait.words)
        record_stopped(wait, request, user=user)
        return False
    if recovering:
        is_right = second_factor.recovers(user, form.cleaned_data["recovery_code"])
    else:
        is_right = second_factor.passes(factor, form.cleaned_data["code"])
    if not is_right:
        wrong = "この回復コードは使えません。" if recovering else "認証コードがちがうか、すでに使われています。"
        form.add_error(None, wrong + ("" if recovering else "アプリに出ている新しい6桁を入れてください。"))
        record(Kind.FACTOR_FAILED, request, user=user)
        return False
    throttle.succeeded("second-factor", str(user.pk), address)
    record(Kind.RECOVERY if recovering else Kind.FACTOR_PASSED, request, user=user)
    if recovering:
        left = user.recovery_codes.filter(used_at=None).count()
        messages.warning(request, f"回復コードを1つ使いました。残りは{left}個です。")
    return True


def _settings(request, factor):
    required = needs_second_factor(request.user)
    codes = None
    if request.method == "POST" and "renew" in request.POST:
        codes = second_factor.renew_recovery_codes(request.user)
        record(Kind.FACTOR_SET, request, user=request.user, detail="回復コードの作り直し")
    elif request.method == "POST" and "stop" in request.POST and not required:
        second_factor.reset(request.user)
        record(Kind.FACTOR_RESET, request, user=request.user, by=request.user)
        messages.success(request, "二段階認証をやめました。")
        return redirect("admin:index")
    left = request.user.recovery_codes.filter(used_at=None).count()
    context = {"factor": factor, "codes": codes, "left": left, "required": required}
    return _page(request, "second_factor_settings", "二段階認証", context)


@for_signed_in
def second_factor_setup(request):
    user = request.user
    if not user.is_staff:
        return redirect("admin:login")
    if second_factor.of(user):
        return redirect("second_factor")
    token = request.POST.get("token", "")
    key, form = second_factor.offered_key(user, token), CodeForm(request.POST or None)
    if request.method == "POST" and key and form.is_valid():
        if codes := _set_up(request, form, key):
            request.session.cycle_key()
            request.session[second_factor.PASSED] = second_factor.of(user).pk
            return _page(request, "second_factor_codes", "回復コード", {"codes": codes, "next": _next(request)})
    elif request.method == "POST" and not key:
        form = CodeForm()
        messages.error(request, "画面を開いてから時間がたちました。新しいQRコードを読み取ってください。")
    if key is None:
        token = second_factor.offer(user)
        key = second_factor.offered_key(user, token)
    written = totp.written(key)
    context = {
        "form": form,
        "token": token,
        "picture": mark_safe(second_factor.picture(user, key)),  # noqa: S308 (drawn by segno from our own text)
        "key": " ".join(written[start : start + 4] for start in range(0, len(written), 4)),
        "required": needs_second_factor(user),
        "next": _next(request),
    }
    return _page(request, "second_factor_setup", "二段階認証を登録する", context)


def _set_up(request, form, key):
    codes = second_factor.set_up(request.user, key, form.cleaned_data["code"])
    if codes is None:
        form.add_error(None, "認証コードがちがいます。アプリに出ている6桁を入れてください。")
        return None
    record(Kind.FACTOR_SET, request, user=request.user)
    return codes


@never_cache
@require_POST
def sign_out(request):
    if request.user.is_authenticated:
        record(Kind.SIGNED_OUT, request, user=request.user)
    return admin.site.logout(request)


@never_cache
def password_change(request):
    """The admin's, counted: at a desk left alone nobody guesses the password that is asked for first."""
    user, address = request.user, throttle.client_address(request)
    if request.method != "POST" or not user.is_authenticated:
        return admin.site.password_change(request)
    if wait := throttle.begin("password", str(user.pk), address):
        record_stopped(wait, request, user=user, detail="パスワードの変更")
        messages.error(request, wait.words)
        return redirect("admin:password_change")
    if user.must_change_password and request.POST.get("new_password1") == request.POST.get("old_password"):
        messages.error(request, "いまのパスワードとは別のものにしてください。")
        return redirect("admin:password_change")
    response = admin.site.password_change(request)
    if response.status_code == 302:
        forgotten.was_set(user, by=user)
        record(Kind.PASSWORD, request, user=user, by=user)
    if response.status_code == 302 or "old_password" not in response.context_data["form"].errors:
        throttle.succeeded("password", str(user.pk), address)
    else:
        record(Kind.FAILED, request, user=user, detail="パスワードの変更")
    return response


@never_cache
def forgotten_page(request):
    """Asks for an address, and answers alike whoever it belongs to."""
    if not settings.SENDS_MAIL:
        raise Http404
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account, address = form.cleaned_data["email"], throttle.client_address(request)
        wait = throttle.begin("forgotten", account, address)
        if wait is None:
            forgotten.ask(account, request)
            return redirect(f"{reverse('forgotten')}?sent=1")
        record_stopped(wait, request, account=account, detail="パスワードの再設定")
        form.add_error(None, wait.words)
    context = {"form": form, "is_sent": "sent" in request.GET, "minutes": forgotten.LASTS.seconds // 60}
    return _page(request, "forgotten", "パスワードを忘れたとき", context)


def my_sign_ins(request):
    """What happened at the door with one's own account."""
    events = SignInEvent.objects.filter(user=request.user)[:EVENTS_SHOWN]
    return _page(request, "my_sign_ins", "自分のサインインの記録", {"events": events})


def _next(request):
    url = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    return url if url_has_allowed_host_and_scheme(url, hosts, request.is_secure()) else reverse("admin:index")


def _page(request, template, title, context):
    return render(request, f"accounts/{template}.html", admin.site.each_context(request) | {"title": title} | context)
