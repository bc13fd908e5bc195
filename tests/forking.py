"""What `subprocess.run` does for a reading, without a new Python each time, which would take most of the time.

The module runs in a fork, with the same limits, and ends as it would. It is a fork not of the tests' own process, of
which each fork copies the maps of all its memory, but of a small one beside it: `python -m tests.forking` has imported
the reader and nothing else, takes the names of modules through a socket, and ends with its owner.
"""

import atexit
import gc
import json
import os
import resource
import runpy
import signal
import socket
import subprocess
import sys
import traceback
import warnings
from functools import lru_cache
from pathlib import Path

_largest = 0  # of a reading so far, in kB, beyond what its process held when it began


def run(arguments, *, input, timeout, **_):
    """`python -m module` with `input`, in a fork. Its own limit of processor time stands for `timeout`."""
    global _largest
    files = [os.memfd_create(name) for name in ("in", "out", "error")]
    with open(files[0], "wb", closefd=False) as written:
        written.write(input)
    os.lseek(files[0], 0, os.SEEK_SET)
    forker = _forker_of(os.getpid())
    socket.send_fds(forker, [arguments[-1].encode()], files)
    status, took = json.loads(forker.recv(100))
    _largest = max(_largest, took)
    out, error = (_all_of(file) for file in files[1:])
    os.close(files[0])
    return subprocess.CompletedProcess(arguments, status, out, error)


def largest():
    return _largest


def rss(process="self"):
    """In kB."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize() // 1024


@lru_cache(maxsize=1)
def _forker_of(owner):
    """A socket to the process that forks for this one, whose number is `owner`: a fork of this one needs its own."""
    ours, theirs = socket.socketpair()
    os.set_inheritable(theirs.fileno(), True)
    forker = os.posix_spawn(sys.executable, [sys.executable, "-m", "tests.forking", str(theirs.fileno())], os.environ)
    theirs.close()
    atexit.register(_end, ours, forker)
    return ours


def _end(link, forker):
    link.shutdown(socket.SHUT_RDWR)
    os.waitpid(forker, 0)


def _fork_for(owner):
    """A fork for each module that the owner names, until there is no owner."""
    from sumairu.lib.marked_workbook import opening  # noqa: F401 (once, for all forks)
    from sumairu.lib.pictures import drawing as pictures  # noqa: F401 (once, for all forks)
    from sumairu.lib.workbooks import drawing, reading  # noqa: F401 (once, for all forks)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at a terminal is for the owner
    gc.freeze()
    while True:
        module, files, _, _ = socket.recv_fds(owner, 1000, 3)
        if not module:
            return
        process = os.fork()
        if process == 0:
            _be(module.decode(), files)
        held = rss(process)
        _, status, used = os.wait4(process, 0)
        for file in files:
            os.close(file)
        owner.send(json.dumps([os.waitstatus_to_exitcode(status), used.ru_maxrss - held]).encode())


def _be(module, files):
    """The module, and then nothing."""
    from sumairu.lib.workbooks import child

    code = 1
    try:
        for number, file in enumerate(files):
            os.dup2(file, number)
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        child.MEMORY_BYTES += int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        warnings.simplefilter("ignore")  # as in a new Python, where nothing is an error that is none
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _all_of(file):
    with os.fdopen(file, "rb") as written:
        written.seek(0)
        return written.read()


if __name__ == "__main__":
    _fork_for(socket.socket(fileno=int(sys.argv[1])))
