"""The reading in a process of its own, which may run out of memory or time without harm to who asked for it.

calamine ends its process on some files, with no exception to catch. The child gets the file on its standard input,
behind a line of JSON that says how to read it; no secret of the parent's environment; bounded memory and time. It needs
no disk. A thread that answers a visitor bounds its readings `within` a few seconds, all together.
"""

import gc
import json
import logging
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from signal import SIGABRT, SIGBUS, SIGKILL, SIGSEGV, SIGXCPU
from time import monotonic
from typing import Any, NamedTuple, NoReturn

from sumairu.lib.workbooks import messages
from sumairu.lib.workbooks.corrections import Correction
from sumairu.lib.workbooks.figures import Reading
from sumairu.lib.workbooks.files.admission import MEGABYTE, Refused

MEMORY_BYTES = 1024 * MEGABYTE
CPU_SECONDS = 60
WALL_SECONDS = 90
MAX_ANSWER_BYTES = 128 * MEGABYTE

# A process (of the web server, or the worker) has one child at a time; whoever else comes to it waits.
_TURN = threading.BoundedSemaphore(1)
_ROOT = Path(__file__).parents[3]
# When all readings of this thread must be over, on the clock that only moves forwards.
_DEADLINE: ContextVar[float | None] = ContextVar("deadline of readings", default=None)
# How the child ends, beside 0 and what Python itself uses.
_REFUSED, _OUT_OF_MEMORY = 10, 11

logger = logging.getLogger(__name__)


class Words(NamedTuple):
    """What somebody is told whose file a process of its own gave up."""

    too_long: str
    too_large: str
    unexpected: str


OF_WORKBOOKS = Words(messages.TOO_LONG_TO_READ, messages.TOO_LARGE_TO_READ, messages.UNEXPECTED)


class Busy(Exception):
    """It takes longer than one was ready to wait: because other workbooks are being read, or by itself."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All readings inside take so many seconds together, turns waited for included; what is not done by then is Busy."""
    token = _DEADLINE.set(monotonic() + seconds)
    try:
        yield
    finally:
        _DEADLINE.reset(token)


def read_apart(
    content: bytes, name: str, corrections: Sequence[Correction] = (), patience: float | None = None
) -> Reading:
    """The reading of a workbook that `files.admit` let pass. Raises Refused, Busy."""
    asked = {"name": name, "corrections": [correction.to_json() for correction in corrections]}
    return Reading.from_json(ask_apart("sumairu.lib.workbooks", asked, content, patience))


def ask_apart(
    module: str,
    asked: Mapping[str, Any],
    content: bytes,
    patience: float | None = None,
    words: Words = OF_WORKBOOKS,
) -> bytes:
    """What `module`, run as a process of its own that ends in `run_child`, makes of a workbook, or of another file.

    Raises Refused; Busy where others take more than `patience` seconds (None waits for them), or where it is not done
    `within` what its caller has.
    """
    ends = [each for each in (patience, _left()) if each is not None]
    if not _TURN.acquire(timeout=min(ends, default=None)):
        raise Busy
    try:
        child = subprocess.run(  # noqa: S603 (no shell, and nothing of the upload among the arguments)
            [sys.executable, "-m", module],
            input=json.dumps(asked).encode() + b"\n" + content,
            capture_output=True,
            timeout=WALL_SECONDS if (left := _left()) is None else min(left, WALL_SECONDS),
            check=False,
            cwd=_ROOT,
            env={"PYTHONPATH": str(_ROOT)},
            process_group=0,  # Ctrl-C at a terminal is for the parent, which decides
        )
    except subprocess.TimeoutExpired as error:
        if _left() == 0:
            raise Busy from error
        raise Refused(words.too_long) from error
    finally:
        _TURN.release()
    if child.returncode == 0:
        return child.stdout
    if child.returncode == _REFUSED:
        raise Refused(child.stdout.decode())
    if child.returncode == -SIGXCPU:
        raise Refused(words.too_long)
    if child.returncode in (_OUT_OF_MEMORY, -SIGABRT, -SIGBUS, -SIGKILL, -SIGSEGV):
        raise Refused(words.too_large)
    logger.error("%s ended with %s: %s", module, child.returncode, child.stderr.decode(errors="replace"))
    raise Refused(words.unexpected)


def _left() -> float | None:
    """The seconds that remain, at least 0; None where there is no end."""
    deadline = _DEADLINE.get()
    return None if deadline is None else max(deadline - monotonic(), 0)


def run_child(work: Callable[[dict[str, Any], bytes], Any], as_bytes: Callable[[Any], bytes] = bytes) -> NoReturn:
    """What the child does: it does `work` with what was asked and a workbook, says what came of it, or why not, and ends.

    It ends with all that was made still there: to give it back, one thing after another, takes time and is of no use.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.disable()  # nearly all that is made is kept to the end, which is near
    try:
        made = work(json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer.read())
        answer, status = as_bytes(made), 0
    except Refused as refusal:
        answer, status = str(refusal).encode(), _REFUSED
    except MemoryError:
        answer, status = b"", _OUT_OF_MEMORY
    if len(answer) > MAX_ANSWER_BYTES:
        answer, status = b"", _OUT_OF_MEMORY
    sys.stdout.buffer.write(answer)
    sys.stdout.flush()
    os._exit(status)
