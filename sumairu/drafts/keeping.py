"""Keeps what was posted and not saved, within limits, and deletes it once it is saved."""

import re

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.timezone import now

from sumairu.drafts.models import Draft, DraftFile
from sumairu.drafts.tokens import DROPPED, FORM_FIELD, KEPT, file_token, form_token, new_key, sign_file

MOST_DRAFTS = 10  # of one person; of more the oldest go, though never by the hand of somebody who is not signed in
MOST_TIMES = 30  # that a form is kept again while nobody is signed in
MOST_TEXT = 2 * 1024**2  # letters of all fields
MOST_BYTES = 40 * 1024**2  # of all files of one form
# Never kept, in whatever form they are typed.
SECRET = re.compile("passw|secret|otp|token|csrf", re.IGNORECASE)


def keep(request, why):
    """Keep what `request` posted, for the person whom its form's token names; None where that must not be.

    Somebody who is signed in keeps it for themselves; where nobody is, the token alone says whose it is.
    """
    token = form_token(request.POST.get(FORM_FIELD), request.path)
    fields = typed_fields(request)
    if token is None or sum(len(name) + len(value) for name, value in fields) > MOST_TEXT:
        return None
    is_signed_in = request.user.is_authenticated and why != Draft.Why.UNPROVEN
    user = request.user if is_signed_in else get_user_model().objects.filter(pk=token.user, is_active=True).first()
    if user is None:
        return None
    with transaction.atomic():
        get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)  # so that the limit holds
        Draft.objects.delete_expired()
        known = Draft.objects.of(user).filter(key=token.key).first()
        if not is_signed_in and not _may_keep_unseen(user, known):
            return None
        kept = {"path": token.path, "page": token.page, "why": why, "fields": fields, "stored_at": now()}
        draft, _ = Draft.objects.update_or_create(user=user, key=token.key, defaults=kept)
        if not is_signed_in:
            Draft.objects.filter(pk=draft.pk).update(times=F("times") + 1)
        _keep_files(request, draft, all_of_them=why not in (Draft.Why.INVALID, Draft.Why.HELD))
        Draft.objects.filter(pk__in=list(Draft.objects.of(user).values_list("pk", flat=True)[MOST_DRAFTS:])).delete()
    return draft


def let_go(request):
    """What was posted is saved: nothing of it need be kept."""
    token = form_token(request.POST.get(FORM_FIELD), request.path)
    if token is not None:
        Draft.objects.of(request.user).filter(key=token.key).delete()


def typed_fields(request):
    """All that was posted as [name, value], in order, but for what is secret, and our own marks.

    Without NUL, which nobody types and PostgreSQL does not keep.
    """
    return [
        [name.replace("\0", ""), value.replace("\0", "")]
        for name, values in request.POST.lists()
        if name != FORM_FIELD and not name.endswith((KEPT, DROPPED)) and not SECRET.search(name)
        for value in values
    ]


def bring_files(request):
    """Let every chosen file be kept on demand, and bring back those kept before that are not replaced or dropped.

    `file.keep()` says that the file is to be kept, and gives the token that brings it back.
    """
    token = form_token(request.POST.get(FORM_FIELD), request.path)
    if token is None:
        return
    for file in request.FILES.values():
        _let_keep(request, file, token.key)
    mine = DraftFile.objects.filter(draft__in=Draft.objects.of(request.user).kept())
    for field, key in list(_named_again(request, request.user.pk)):
        if field not in request.FILES and (row := mine.filter(key=key).select_related("draft").first()):
            request.FILES[field] = brought_back(row, request.user.pk, row.draft.key)


def _named_again(request, user_pk):
    """Each field that names, by a token of that person's own, a file kept before; with the file's key."""
    for name in request.POST:
        field, kept = name.removesuffix(KEPT), file_token(request.POST[name]) if name.endswith(KEPT) else None
        if kept is not None and kept.user == user_pk and field + DROPPED not in request.POST:
            yield field, kept.file


def brought_back(row, user_pk, draft_key):
    """A kept file as a form takes it."""
    file = SimpleUploadedFile(row.name, bytes(row.content), row.media_type)
    file.kept_as = row.key
    file.keep = lambda: sign_file(user_pk, draft_key, row.key)
    return file


def _let_keep(request, file, draft_key):
    def keep_file():
        if not hasattr(file, "kept_as"):
            file.kept_as = new_key()
        return sign_file(request.user.pk, draft_key, file.kept_as)

    file.keep = keep_file


def _may_keep_unseen(user, known):
    if known is not None:
        return known.times < MOST_TIMES
    return Draft.objects.of(user).count() < MOST_DRAFTS


def _keep_files(request, draft, all_of_them):
    """The files of the form as it stands now: each that was to be kept, or all of them; others go."""
    chosen = {name: file for name, file in request.FILES.items() if all_of_them or hasattr(file, "kept_as")}
    if sum(file.size for file in chosen.values()) > MOST_BYTES:
        chosen = {}
    for file in chosen.values():
        if not hasattr(file, "kept_as"):
            file.kept_as = new_key()
    # Files kept before were not brought back where nobody was signed in, or nothing proved where the form came from.
    still = {name: key for name, key in _named_again(request, draft.user_id) if name not in request.FILES}
    draft.files.exclude(key__in=[*still.values(), *(file.kept_as for file in chosen.values())]).delete()
    for name, key in still.items():
        draft.files.filter(key=key).update(field=name)
    stored = set(draft.files.values_list("key", flat=True))
    for name, file in chosen.items():
        if file.kept_as in stored:
            draft.files.filter(key=file.kept_as).update(field=name)
            continue
        file.seek(0)
        content = file.read()
        draft.files.create(
            key=file.kept_as,
            field=name,
            name=file.name[-255:],
            media_type=(file.content_type or "")[:100],
            content=content,
            size=len(content),
        )
