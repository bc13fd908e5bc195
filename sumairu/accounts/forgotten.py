"""A new password for somebody who forgot theirs, by a link that is mailed to the address of the account.

Signing in with it asks for the second factor all the same. All sessions end with the old password, as Django ties them to it.
"""

from datetime import timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.timezone import localdate, now

from sumairu.accounts.events import Kind, record
from sumairu.accounts.models import User
from sumairu.accounts.throttle import folded_account
from sumairu.acting_links.models import Link
from sumairu.outbox.writing import has_had_enough, mailing, write

KIND, PURPOSE = "password-reset", "password-reset"
LASTS = timedelta(minutes=30)


def about(user):
    return f"password:{user.pk}"


def person(pk):
    return User.objects.filter(pk=pk, is_active=True).first()


@transaction.atomic
def ask(account, request):
    """Mail a link to the account of that address. Where there is none all is done alike and taken back."""
    account = folded_account(account)
    user = User.objects.filter(email=account, is_active=True).first()
    record(Kind.FORGOTTEN, request, user=user, account=account)
    is_pestered, before = has_had_enough(account, [KIND]), transaction.savepoint()
    _write(account, Link.make(PURPOSE, {"user": user and user.pk}, LASTS, about(user) if user else ""))
    if user is None or is_pestered:
        transaction.savepoint_rollback(before)
    else:
        transaction.savepoint_commit(before)


def was_set(user, by):
    """A password was set: older links act no more, and one that somebody else chose is changed at the next sign-in."""
    Link.objects.about(about(user)).revoke()
    User.objects.filter(pk=user.pk).update(must_change_password=by.pk != user.pk)


def _write(account, address):
    text = render_to_string("accounts/reset_mail.txt", {"link": address, "minutes": LASTS.seconds // 60})
    batch = mailing(KIND, f"パスワードの再設定（{localdate():%Y年%-m月}）")
    write(batch, account, "パスワードの再設定（住まいる北海道 職員用）", text, useless_from=now() + LASTS)
