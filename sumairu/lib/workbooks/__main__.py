"""`python -m sumairu.lib.workbooks < 予算額.xlsx`: the reading process that `child.read_apart` starts.

It alone imports the reader: who asks for a reading, a web worker say, has no need of it.
"""

from typing import Any, NoReturn

from sumairu.lib.workbooks.child import run_child
from sumairu.lib.workbooks.corrections import Correction
from sumairu.lib.workbooks.figures import Reading
from sumairu.lib.workbooks.reading import read


def main() -> NoReturn:
    run_child(_read, lambda reading: reading.to_json().encode())


def _read(asked: dict[str, Any], content: bytes) -> Reading:
    corrections = [Correction.from_json(fields) for fields in asked["corrections"]]
    return read(content, corrections, asked["name"])


if __name__ == "__main__":
    main()
