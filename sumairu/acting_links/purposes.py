"""What links are for. An app says so in its `links.py`:

    LINKS = [Purpose("digest-stop", ask=_ask, act=_act, is_one_click=True)]

`ask` gets what the link acts on and gives what the page says before anything happens; None where there is nothing any more
that it could act on. `act` does it and gives what the page says then; it runs in the transaction in which the link is used
up. A purpose with a `form` has its fields on the page, and `act` gets the valid form.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.forms import Form

from sumairu.convention import modules_named


@dataclass(frozen=True)
class Said:
    """What a page says: what will happen, with the button that does it, or what has happened and where to go on."""

    title: str
    lines: tuple[str, ...] = ()
    button: str = ""
    next_words: str = ""
    next_url: str = ""


@dataclass(frozen=True)
class Purpose:
    name: str
    ask: Callable[[Mapping[str, Any]], Said | None]
    act: Callable[..., Said]  # payload, form (None where there is none), request
    form: Callable[..., Form] | None = None  # payload, data (None where nothing is posted yet)
    is_one_click: bool = False  # may a mail program act by itself, as RFC 8058 lets it?


def purpose_named(name):
    return _purposes().get(name)


@cache
def _purposes():
    return {purpose.name: purpose for module in modules_named("links") for purpose in module.LINKS}
