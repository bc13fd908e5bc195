"""The record of what happened at the door."""

from django.utils.timezone import now

from sumairu.accounts.models import SignInEvent
from sumairu.accounts.throttle import FORGOTTEN_AFTER, client_address, folded_account

Kind = SignInEvent.Kind


def record(kind, request=None, user=None, account="", by=None, detail=""):
    return SignInEvent.objects.create(
        kind=kind,
        user=user,
        account=folded_account(account or (user and user.email) or ""),
        by=by,
        address=request and client_address(request),
        detail=detail[:200],
    )


def record_stopped(wait, request, user=None, account="", detail=""):
    """That somebody came too early. Once until it is forgotten: a stranger must not fill a table that nobody empties."""
    known = SignInEvent.objects.filter(
        kind=Kind.LOCKED, address=client_address(request), happened_at__gt=now() - FORGOTTEN_AFTER
    )
    if wait.is_locked:
        known = known.filter(account=folded_account(account or user.email))
    if not known.exists():
        record(Kind.LOCKED, request, user=user, account=account, detail=detail)
