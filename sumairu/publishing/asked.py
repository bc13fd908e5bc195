"""What a public view may be asked: each says so once, and the rest of a query never reaches it.

    @asks(InitiativeFilter, "page")
    def initiative_list(request): …

So `/initiatives/?utm_source=x&page=2` is `/initiatives/?page=2`, for the view and for the page that is kept.
"""

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, resolve

MOST_PARAMETERS = 100


def asks(*names, several=(), takes_post=False):
    """A view that anybody may see, and the parameters it reads; for those of a form, the form.

    Of those that may come `several` times all count. `takes_post`: it has a form that is sent to it.
    """
    read = set()
    for name in names:
        read |= {name} if isinstance(name, str) else set(name.base_fields)

    def declared(view):
        view.asks, view.asks_several = frozenset(read | {*several}), frozenset(several)
        view.allows = ("GET", "HEAD", "OPTIONS", *(["POST"] if takes_post else []))
        return view

    return declared


@lru_cache(maxsize=1024)
def query_of(path, query):
    """The part of a query that the view at `path` reads, sorted; None where no public view is there.

    Both as WSGI has them: bytes as latin-1. Of a parameter that comes twice the last one counts, as for `request.GET`,
    where the view does not ask for several.
    """
    try:
        view = resolve(path).func
        read, several = getattr(view, "asks", None), getattr(view, "asks_several", ())
        pairs = parse_qsl(
            query.encode("latin-1").decode(errors="replace"), keep_blank_values=True, max_num_fields=MOST_PARAMETERS
        )
    except (Resolver404, ValueError):
        return None
    if read is None:
        return None
    asked = {(name, value if name in several else ""): value for name, value in pairs if name in read}
    return urlencode(sorted((name, value) for (name, _), value in asked.items()))
