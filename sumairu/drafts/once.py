"""A new record whose form is sent twice, by an impatient hand or a slow line, is added once."""

from hashlib import sha256

from django.db import IntegrityError, transaction

from sumairu.drafts.keeping import typed_fields
from sumairu.drafts.models import SentForm
from sumairu.drafts.tokens import FORM_FIELD, form_token


def sent(request):
    """The note, to be deleted where nothing is saved, that this opening of a form is being saved with all that was typed.

    Call it in the transaction of the save: who comes second waits for the first to be over. (True, None) where it was
    saved before; (False, None) where the form does not say which opening it is.
    """
    token = form_token(request.POST.get(FORM_FIELD), request.path)
    if token is None:
        return False, None
    files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
    key = sha256(repr((token.key, typed_fields(request), files)).encode(errors="replace")).hexdigest()
    try:
        with transaction.atomic():
            return False, SentForm.objects.create(key=key)
    except IntegrityError:
        return True, None
