"""`python -m sumairu.lib.workbooks < 予算額.xlsx`: the reading process that `child.read_apart` starts.

It alone imports the reader: who asks for a reading, a web worker say, has no need of it.
"""

import sys
from typing import Any

from sumairu.lib.workbooks.child import run_child
from sumairu.lib.workbooks.corrections import Correction
from sumairu.lib.workbooks.reading import read


def main() -> int:
    return run_child(_read)


def _read(asked: dict[str, Any], content: bytes) -> bytes:
    corrections = [Correction.from_json(fields) for fields in asked["corrections"]]
    return read(content, corrections, asked["name"]).to_json().encode()


if __name__ == "__main__":
    sys.exit(main())
