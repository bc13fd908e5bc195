"""How often a stranger may send a form: one rule for all such forms, counted in the database, so for all processes.

Whoever fails with one account from one address is locked out for a while. An address alone, which a whole municipal office
may share, and an account alone, which a stranger could else lock for its owner, are only slowed down.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network
from operator import itemgetter
from unicodedata import normalize

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from sumairu.accounts.models import Attempt

FORGOTTEN_AFTER = timedelta(minutes=15)
LOCKED_AFTER = 5  # failures with one account from one address
SLOWED_AFTER = {"address": 20, "account": 20}
MOST_FORGOTTEN = 500  # at once
LONGEST_WAIT = 30  # seconds between two attempts of those slowed down


@dataclass(frozen=True)
class Wait:
    seconds: int
    is_locked: bool

    @property
    def words(self):
        if self.is_locked:
            minutes = -(-self.seconds // 60)
            return f"続けて{LOCKED_AFTER}回まちがえたため、止めています。あと{minutes}分たってから、もう一度お試しください。"
        return f"短い間に何度も試されたため、間をあけています。あと{self.seconds}秒たってから、もう一度お試しください。"


def begin(form, account, address):
    """Count an attempt before it is checked. Returns the `Wait` of somebody who comes too early; theirs is not counted."""
    keys = _keys(form, account, address)
    if wait := _longest(Attempt.objects.filter(key__in=keys.values())):
        return wait  # nothing is written for who comes again and again
    _forget()
    with transaction.atomic():
        for kind, key in sorted(keys.items(), key=itemgetter(1)):
            Attempt.objects.get_or_create(kind=kind, key=key, defaults={"last_at": now()})
        rows = _locked(keys)
        if wait := _longest(rows):
            return wait
        for row in rows:
            row.count = 1 if row.last_at < now() - FORGOTTEN_AFTER else row.count + 1
            row.last_at = now()
            row.save()
    return None


def succeeded(form, account, address):
    """The attempt was a good one: it takes nothing from the next, and the account's are forgotten here."""
    keys = _keys(form, account, address)
    with transaction.atomic():
        for row in _locked(keys):
            row.count = 0 if row.kind == "pair" else max(row.count - 1, 0)
            row.save()


def client_address(request):
    """Whose request it is: the last address that no proxy of ours wrote; what others wrote before it is hearsay."""
    given = _address(request.META.get("REMOTE_ADDR", ""))
    chain = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while given and _is_ours(given) and chain:
        before = _address(chain.pop())
        if before is None:
            break
        given = before
    return given and str(given)


def folded_account(account):
    """One account however it is written: ＫＵＳＨＩＲＯ＠example.jp is kushiro@example.jp."""
    return normalize("NFKC", account or "").strip().casefold()[:254]


def _locked(keys):
    """The rows of `keys`, nobody else's until this transaction ends.

    Locked in one order by everybody, so that nobody waits for somebody who waits for them.
    """
    return list(Attempt.objects.select_for_update().filter(key__in=keys.values()).order_by("key"))


def _longest(rows):
    """The wait that `rows` ask for; a lock is told before a mere pause."""
    waits = [wait for row in rows if (wait := _wait(row))]
    return max(waits, key=lambda wait: (wait.is_locked, wait.seconds), default=None)


def _forget():
    with transaction.atomic():
        old = Attempt.objects.select_for_update(skip_locked=True).filter(last_at__lt=now() - FORGOTTEN_AFTER)
        Attempt.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:MOST_FORGOTTEN])).delete()


def _wait(row):
    since = now() - row.last_at
    if since > FORGOTTEN_AFTER:
        return None
    if row.kind == "pair":
        left = FORGOTTEN_AFTER - since if row.count >= LOCKED_AFTER else timedelta()
    else:
        beyond = row.count - SLOWED_AFTER[row.kind]
        left = (
            timedelta(seconds=min(2**beyond, LONGEST_WAIT) if 0 <= beyond < 10 else LONGEST_WAIT * (beyond > 0)) - since
        )
    seconds = -int(-left.total_seconds() // 1)
    return Wait(seconds, row.kind == "pair") if seconds > 0 else None


def _keys(form, account, address):
    account, place = folded_account(account), _place(address)
    parts = {"pair": (account, place), "account": (account,), "address": (place,)}
    return {kind: sha256("\0".join((form, kind, *part)).encode()).hexdigest() for kind, part in parts.items()}


def _place(address):
    """Of IPv6 the network, in which one customer has as many addresses as they like."""
    found = _address(address or "")
    return str(ip_network((found, 64), strict=False)) if found and found.version == 6 else str(found)


def _address(text):
    try:
        return ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None


def _is_ours(address):
    return any(address in network for network in settings.TRUSTED_PROXIES)
