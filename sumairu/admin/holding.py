"""A save that stops for a page in between, and goes on from that page with everything that was typed.

Whoever has a question before a change is made raises `Held` with the page that asks it: in a form's save, in a deletion,
or in an action of a list. The transaction is rolled back, and the person sees the page. Its form includes
`admin/_held.html` with `held_fields(request)`, which posts the whole form once more, the button that was pressed
included; what the page itself asks comes along in fields of its own.
"""

from functools import wraps

from django.contrib.messages.storage import default_storage

from sumairu.drafts.tokens import KEPT

NEVER_HELD = "csrfmiddlewaretoken"
BACK = "_back_to_form"  # the button of a page in between that leads back to the form


class Held(Exception):
    """Show `response` instead of saving. Drawn at once: after the roll-back it would show what then no longer is."""

    def __init__(self, response):
        super().__init__("held")
        self.response = response
        if hasattr(response, "render"):
            forget_messages(response._request)
            response.render()


def forget_messages(request):
    """Say nothing of a change that is not made after all; `request` may have come with messages of its own."""
    request._messages = default_storage(request)


class ShownAgain:
    """For a form that is drawn with what was typed, and not saved by that."""

    def is_valid(self):
        super().is_valid()
        return False


def shows_held(view):
    """A method of a model admin that answers with the page for which a change inside it was held."""

    @wraps(view)
    def answered(*args, **kwargs):
        try:
            return view(*args, **kwargs)
        except Held as held:
            return held.response

    return answered


def held_fields(request, without=()):
    """All that was posted as (name, value), in order, a repeated name as often as it came; of files their tokens.

    `without`: beginnings of the names that the page asks anew, so that an earlier answer does not come along.
    """
    posted = [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith((NEVER_HELD, *without)) and not name.endswith(KEPT)
        for value in values
    ]
    files = [(f"{name}{KEPT}", file.keep()) for name, file in request.FILES.items() if hasattr(file, "keep")]
    return [*posted, *files]
