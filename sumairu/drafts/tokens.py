"""Signed names: of a form that was opened by somebody, and of a file that was chosen in it.

A form's token proves, after the session is gone, who opened which form: that person was signed in when it was drawn,
and nobody else can make one. It grants nothing but to keep what was typed for that person.
"""

from typing import NamedTuple
from uuid import uuid4

from django.core import signing

FORM_FIELD = "_form"
KEPT, DROPPED = "-kept", "-drop"  # after the name of a file field
# A form that stays open from Friday to Monday still proves whose it is.
FORM_HOLDS_FOR = 72 * 60 * 60
FILE_HOLDS_FOR = 24 * 60 * 60


class FormToken(NamedTuple):
    user: int
    path: str  # where the form is posted to
    page: str  # where it can be drawn again with what was typed; empty if nowhere
    key: str  # of this opening


class FileToken(NamedTuple):
    user: int
    draft: str
    file: str


def new_key():
    return uuid4().hex


def sign_form(user, path, page, key=None):
    return signing.dumps(FormToken(user.pk, path, page, key or new_key()), salt="sumairu.drafts.form")


def form_token(value, path):
    """What a token says, for a form that is posted to `path`; None unless it is ours, of that form and not too old."""
    token = _read(FormToken, value, "sumairu.drafts.form", FORM_HOLDS_FOR)
    return token if token and token.path == path else None


def sign_file(user_pk, draft_key, file_key):
    return signing.dumps(FileToken(user_pk, draft_key, file_key), salt="sumairu.drafts.file")


def file_token(value):
    return _read(FileToken, value, "sumairu.drafts.file", FILE_HOLDS_FOR)


def _read(kind, value, salt, max_age):
    if not value or len(value) > 4000:
        return None
    try:
        return kind(*signing.loads(value, salt=salt, max_age=max_age))
    except (signing.BadSignature, TypeError, ValueError):
        return None
