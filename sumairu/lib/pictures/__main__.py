"""`python -m sumairu.lib.pictures`: the process that opens a picture."""

from typing import Any

from sumairu.lib.pictures import Unfit, packed
from sumairu.lib.pictures.drawing import draw
from sumairu.lib.workbooks.child import run_child
from sumairu.lib.workbooks.files.admission import Refused


def _take(asked: dict[str, Any], content: bytes) -> bytes:
    """What the process does."""
    try:
        return packed(draw(asked["kind"], content, with_copies=asked["with_copies"]))
    except Unfit as error:
        raise Refused(str(error)) from error


if __name__ == "__main__":
    run_child(_take)
