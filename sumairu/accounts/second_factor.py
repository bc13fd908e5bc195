"""The second factor of somebody's sign-in: an app's code, or a recovery code in its place. Each is good once."""

from base64 import b64decode, b64encode
from time import time

from django.core import signing
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import now

from sumairu.accounts.models import RecoveryCode, SecondFactor
from sumairu.lib import totp
from sumairu.lib.keys import as_key

ISSUER = "住まいる北海道"
RECOVERY_CODES = 10
PASSED = "second_factor"  # in the session: the number of the factor that was passed
OFFER_HOLDS_FOR = 30 * 60  # seconds in which a key that was shown can be confirmed


def of(user):
    return SecondFactor.objects.filter(user=user).first()


def offer(user):
    """A key for `user`, signed, so that nothing is written before it is confirmed."""
    return signing.dumps([user.pk, b64encode(totp.new_key()).decode()], salt="second factor")


def offered_key(user, token):
    """The key in `token`; None where it is somebody else's, too old or none of ours."""
    try:
        owner, key = signing.loads(token, salt="second factor", max_age=OFFER_HOLDS_FOR)
    except (signing.BadSignature, ValueError):
        return None
    return b64decode(key) if owner == user.pk else None


def picture(user, key):
    """The key as a picture to be scanned, without styles of its own."""
    import segno  # once in the life of an account

    return segno.make(totp.address(key, ISSUER, user.email)).svg_inline(
        scale=5, border=2, svgclass="qr", lineclass=None
    )


@transaction.atomic
def set_up(user, key, code):
    """Keep `key` once `code` proves that the app has it. Returns the recovery codes, shown this once, or None."""
    step = totp.step_of(key, _digits(code), time())
    if step is None:
        return None
    SecondFactor.objects.update_or_create(user=user, defaults={"key": key, "last_step": step, "set_at": now()})
    return renew_recovery_codes(user)


@transaction.atomic
def renew_recovery_codes(user):
    codes = [totp.new_recovery_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, hashed=_hashed(user, code)) for code in codes])
    return codes


def passes(factor, code):
    """Is `code` the app's, and not used before? Of two requests with the same code one passes."""
    step = totp.step_of(bytes(factor.key), _digits(code), time())
    unused = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=-1 if step is None else step)
    return step is not None and unused.update(last_step=step) == 1


def recovers(user, code):
    """Is `code` a recovery code of `user`'s that nobody has used?"""
    unused = RecoveryCode.objects.filter(user=user, hashed=_hashed(user, code), used_at=None)
    return unused.update(used_at=now()) == 1


@transaction.atomic
def reset(user):
    """Take the second factor away, so that it can be set anew. Returns whether there was one."""
    RecoveryCode.objects.filter(user=user).delete()
    return SecondFactor.objects.filter(user=user).delete()[0] > 0


def _digits(code):
    return as_key(code).replace(" ", "").replace("-", "")


def _hashed(user, code):
    return salted_hmac("recovery code", f"{user.pk}:{_digits(code)}", algorithm="sha256").hexdigest()
