"""Codes of a second factor: six digits that change every 30 seconds (RFC 6238), as authenticator apps show them.

>>> step_of(b"12345678901234567890", "287082", 59), step_of(b"12345678901234567890", "287082", 200)
(1, None)
>>> written(b"12345678901234567890")
'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
"""

from base64 import b32encode
from secrets import choice, token_bytes

from pyotp import TOTP
from pyotp.exceptions import OTPVerificationError

STEP = 30  # seconds
DRIFT = 1  # steps by which a telephone's clock may differ
# Without what people take for each other: 0 and O, 1 and I and L.
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def code_at(key: bytes, seconds: float) -> str:
    return _totp(key).at(seconds)


def step_of(key: bytes, code: str, seconds: float) -> int | None:
    """The step of which `code` is the code, near the time `seconds`; None where it is none of them."""
    try:
        return _totp(key).verify_and_get_timecode(code, for_time=seconds, valid_window=DRIFT)
    except OTPVerificationError:
        return None


def new_key() -> bytes:
    return token_bytes(20)


def written(key: bytes) -> str:
    """The key as people type it into an app."""
    return b32encode(key).decode().rstrip("=")


def address(key: bytes, issuer: str, account: str) -> str:
    """What the picture to be scanned says."""
    return _totp(key).provisioning_uri(name=account, issuer_name=issuer)


def new_recovery_code() -> str:
    """Twelve letters and digits in threes of four: 59 bits."""
    letters = "".join(choice(_LETTERS) for _ in range(12))
    return "-".join((letters[:4], letters[4:8], letters[8:]))


def _totp(key: bytes) -> TOTP:
    return TOTP(written(key), interval=STEP)
