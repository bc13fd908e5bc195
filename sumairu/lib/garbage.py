"""Making very many things at once without a search for garbage, of which there is none, after every few thousand.

>>> with no_collecting():
...     gc.isenabled()
False
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """May be nested, and used by several threads at once: at the end it is as it was before the first."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
