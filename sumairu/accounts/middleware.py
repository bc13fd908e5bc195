"""Between sign-in and the staff pages: whoever has a second factor, or must have one, passes it first.

Then whoever still has the password that somebody else set for them chooses one that nobody else knows.
"""

from urllib.parse import quote

from django.shortcuts import redirect
from django.urls import reverse

from sumairu.accounts import second_factor
from sumairu.accounts.access import needs_second_factor
from sumairu.addresses import STAFF

OPEN = {
    "admin:login",
    "admin:logout",
    "admin:jsi18n",
    "forgotten",
    "second_factor",
    "second_factor_setup",
}
CHANGE = "admin:password_change"


def ask_for_second_factor(get_response):
    def middleware(request):
        return get_response(request)

    def process_view(request, *view):
        """After the CSRF check, and so that whatever was posted is kept (`sumairu.drafts.middleware`)."""
        if (
            request.path.startswith(STAFF)
            and (page := _asked(request))
            and request.path not in map(reverse, {page, *OPEN})
        ):
            wanted = request.get_full_path() if request.method == "GET" else ""
            return redirect(reverse(page) + (f"?next={quote(wanted)}" if wanted else ""))
        return None

    middleware.process_view = process_view
    return middleware


def _asked(request):
    """The page that stands between this person and the staff side; empty where none does."""
    user = request.user
    if not user.is_authenticated:
        return ""
    factor = second_factor.of(user)
    if factor is None:
        if needs_second_factor(user):
            return "second_factor_setup"
    elif request.session.get(second_factor.PASSED) != factor.pk:
        return "second_factor"
    return CHANGE if user.must_change_password else ""
