"""What `subprocess.run` does for a reading, without a new Python each time, which would take most of the time.

The module runs in a fork of this process, with the same limits, and ends as it would.
"""

import os
import resource
import runpy
import subprocess
import sys
import traceback
import warnings
from pathlib import Path

from sumairu.lib.marked_workbook import opening  # noqa: F401 (once, for all forks)
from sumairu.lib.workbooks import child, drawing, reading  # noqa: F401 (once, for all forks)

_largest = 0  # of a reading so far, in kB, beyond what its process held when it began


def run(arguments, *, input, timeout, **_):
    """`python -m module` with `input`, in a fork. Its own limit of processor time stands for `timeout`."""
    global _largest
    files = [os.memfd_create(name) for name in ("in", "out", "error")]
    with open(files[0], "wb", closefd=False) as written:
        written.write(input)
    os.lseek(files[0], 0, os.SEEK_SET)
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of threads, from Python 3.12 on
        process = os.fork()
    if process == 0:
        _be(arguments[-1], files)
    held = rss(process)
    _, status, used = os.wait4(process, 0)
    _largest = max(_largest, used.ru_maxrss - held)
    out, error = (_all_of(file) for file in files[1:])
    os.close(files[0])
    return subprocess.CompletedProcess(arguments, os.waitstatus_to_exitcode(status), out, error)


def largest():
    return _largest


def rss(process="self"):
    """In kB."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize() // 1024


def _be(module, files):
    """The module, and then nothing."""
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
