"""Codes of a second factor: six digits that change every 30 seconds (RFC 6238), as authenticator apps show them.

>>> code_at(b"12345678901234567890", 59)
'287082'
>>> step_of(b"12345678901234567890", "287082", 59), step_of(b"12345678901234567890", "287082", 200)
(1, None)
"""

import hmac
from base64 import b32encode
from secrets import choice, token_bytes
from urllib.parse import quote, urlencode

STEP = 30  # seconds
DRIFT = 1  # steps by which a telephone's clock may differ
# Without what people take for each other: 0 and O, 1 and I and L.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def code_at(key: bytes, seconds: float) -> str:
    return _code(key, int(seconds // STEP))


def step_of(key: bytes, code: str, seconds: float) -> int | None:
    """The step of which `code` is the code, near the time `seconds`; None where it is none of them."""
    now = int(seconds // STEP)
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step >= 0 and hmac.compare_digest(_code(key, step).encode(), code.encode()):
            return step
    return None


def new_key() -> bytes:
    return token_bytes(20)


def written(key: bytes) -> str:
    """The key as people type it into an app."""
    return b32encode(key).decode().rstrip("=")


def address(key: bytes, issuer: str, account: str) -> str:
    """What the picture to be scanned says."""
    query = urlencode({"secret": written(key), "issuer": issuer, "digits": 6, "period": STEP}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{query}"


def new_recovery_code() -> str:
    """Twelve letters and digits in threes of four: 59 bits."""
    letters = "".join(choice(_LETTERS) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def _code(key: bytes, step: int) -> str:
    digest = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 15
    return f"{(int.from_bytes(digest[offset : offset + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"
