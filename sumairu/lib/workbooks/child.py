"""The reading in a process of its own, which may run out of memory or time without harm to who asked for it.

calamine ends its process on some files, with no exception to catch. The child gets the file on its standard input,
behind a line of JSON that says how to read it; no secret of the parent's environment; bounded memory and time. It needs
no disk.
"""

import json
import logging
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from signal import SIGABRT, SIGBUS, SIGKILL, SIGSEGV, SIGXCPU

from sumairu.lib.workbooks.corrections import Correction
from sumairu.lib.workbooks.figures import Reading
from sumairu.lib.workbooks.files import MEGABYTE, Refused
from sumairu.lib.workbooks.reading import read

MEMORY_BYTES = 1024 * MEGABYTE
CPU_SECONDS = 60
WALL_SECONDS = 90
MAX_JSON_BYTES = 128 * MEGABYTE

_ROOT = Path(__file__).parents[3]
# How the child ends, beside 0 and what Python itself uses.
_REFUSED, _OUT_OF_MEMORY = 10, 11

_TOO_LARGE = (
    "読み取るのに必要なメモリが多すぎるため、中止しました。取り込む表だけを新しいブックへ値として貼り付けるか、"
    "シートごとにファイルを分けてください。"
)
_TOO_LONG = "読み取りに時間がかかりすぎるため、中止しました。シートごと、年度ごとにファイルを分けてください。"
_UNEXPECTED = (
    "読み取りの途中で思わぬ誤りが起きました。このファイルのどこかが想定と違います。"
    "取り込む表だけを新しいブックへ値として貼り付けて試し、管理者にこのファイルを知らせてください。"
)

logger = logging.getLogger(__name__)


def read_apart(content: bytes, name: str, corrections: Sequence[Correction] = ()) -> Reading:
    """The reading of a workbook that `files.admit` let pass. Raises Refused."""
    asked = json.dumps({"name": name, "corrections": [correction.to_json() for correction in corrections]})
    try:
        child = subprocess.run(  # no shell, and nothing of the upload among the arguments
            [sys.executable, "-m", "sumairu.lib.workbooks"],
            input=asked.encode() + b"\n" + content,
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            cwd=_ROOT,
            env={"PYTHONPATH": str(_ROOT)},
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(_TOO_LONG) from error
    if child.returncode == 0:
        return Reading.from_json(child.stdout)
    if child.returncode == _REFUSED:
        raise Refused(child.stdout.decode())
    if child.returncode == -SIGXCPU:
        raise Refused(_TOO_LONG)
    if child.returncode in (_OUT_OF_MEMORY, -SIGABRT, -SIGBUS, -SIGKILL, -SIGSEGV):
        raise Refused(_TOO_LARGE)
    logger.error("The workbook reader ended with %s: %s", child.returncode, child.stderr.decode(errors="replace"))
    raise Refused(_UNEXPECTED)


def main() -> int:
    """What the child does: a workbook in, a reading (or why there is none) out."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        asked = json.loads(sys.stdin.buffer.readline())
        corrections = [Correction.from_json(fields) for fields in asked["corrections"]]
        answer = read(sys.stdin.buffer.read(), corrections, asked["name"]).to_json().encode()
    except Refused as refusal:
        sys.stdout.buffer.write(str(refusal).encode())
        return _REFUSED
    except MemoryError:
        return _OUT_OF_MEMORY
    if len(answer) > MAX_JSON_BYTES:
        return _OUT_OF_MEMORY
    sys.stdout.buffer.write(answer)
    return 0
