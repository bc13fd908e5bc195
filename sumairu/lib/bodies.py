"""The body of a request: one that ends before the length that it was announced with is never taken for a whole one.

Where a connection breaks in the middle of a form, servers and Django give on what has come by then: a text that ends
in the middle, and none of what was ticked below it, saved as if somebody had sent just that.

>>> from io import BytesIO
>>> WholeBody(BytesIO(b"title=a, and the next request"), 7).read()
b'title=a'
>>> WholeBody(BytesIO(b"title="), 7).read()
Traceback (most recent call last):
sumairu.lib.bodies.CutOff: 1 byte of the body did not come
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...
    def readline(self, size: int, /) -> bytes: ...


class CutOff(OSError):
    """Django makes an `UnreadablePostError` of it."""

    def __init__(self, left: int):
        super().__init__(f"{left} byte{'s' if left > 1 else ''} of the body did not come")


class WholeBody:
    """A stream of exactly `length` bytes; a read that comes to an earlier end raises CutOff."""

    def __init__(self, stream: Stream, length: int):
        self.stream, self.left = stream, length

    def read(self, size: int | None = -1) -> bytes:
        due = self._due(size)
        found = self.stream.read(due)
        return self._taken(found, is_whole=len(found) == due)

    def readline(self, size: int | None = -1) -> bytes:
        due = self._due(size)
        found = self.stream.readline(due)
        return self._taken(found, is_whole=len(found) == due or found.endswith(b"\n"))

    def _due(self, size: int | None) -> int:
        return self.left if size is None or size < 0 else min(size, self.left)

    def _taken(self, found: bytes, *, is_whole: bool) -> bytes:
        self.left -= len(found)
        if not is_whole:
            raise CutOff(self.left)
        return found


def with_whole_bodies(application: Application) -> Application:
    """A WSGI application that is given no body that was cut off."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdecimal():  # of any other length Django reads nothing
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return serve
