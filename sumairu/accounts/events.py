"""The record of what happened at the door."""

from sumairu.accounts.models import SignInEvent
from sumairu.accounts.throttle import client_address, folded_account

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
