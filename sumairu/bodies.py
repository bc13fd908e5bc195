"""A body that ends before the length that it was announced with is never taken for a whole one.

Where a connection breaks in the middle of a form, servers and Django give on what has come by then: a text that ends
in the middle, and none of what was ticked below it, saved as if somebody had sent just that.
"""


class CutOff(OSError):
    """Django makes an `UnreadablePostError` of it."""


class WholeBody:
    """A stream of exactly `length` bytes; a read that comes to an earlier end raises CutOff."""

    def __init__(self, stream, length):
        self.stream, self.left = stream, length

    def read(self, size=-1):
        due = self.left if size is None or size < 0 else min(size, self.left)
        found = self.stream.read(due)
        self.left -= len(found)
        if len(found) < due:
            raise CutOff("the body was cut off")
        return found

    def readline(self, size=-1):
        due = self.left if size is None or size < 0 else min(size, self.left)
        found = self.stream.readline(due)
        self.left -= len(found)
        if len(found) < due and not found.endswith(b"\n"):
            raise CutOff("the body was cut off")
        return found


def with_whole_bodies(application):
    """A WSGI application that is given no body that was cut off."""

    def serve(environ, start_response):
        length = environ.get("CONTENT_LENGTH") or "0"
        if length.isdecimal():  # of any other length Django reads nothing
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return serve
