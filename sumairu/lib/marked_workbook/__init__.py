"""The correction workbook: a workbook as it came, with all that is to be mended marked in it, for whoever sent it.

A workbook of today's Excel stays as it is but for the marks; what openpyxl cannot open is copied, as far as the reader
saw it, into a new one. Either comes back through the import: of our list and our comments the reader takes no notice.
openpyxl opens no upload in a web process: `marked_workbook` asks a process of its own (`__main__`), which alone imports
the other modules here.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import PurePath

from sumairu.lib.workbooks import Busy, Refused
from sumairu.lib.workbooks.child import ask_apart
from sumairu.lib.workbooks.files.admission import admit
from sumairu.lib.workbooks.messages import MENDING_LIST

# So many cells are marked and listed; who has mended these sends the workbook again.
MAX_MARKS = 1000
# So many seconds a page waits while other workbooks are being read.
PATIENCE = 20

LEVELS = {  # what each is called, the colour of its cells, that of their borders
    "error": ("誤り", "FFD9D9", "C00000"),
    "question": ("質問", "FFF0B3", "806300"),
    "remark": ("確認", "E8EFF7", "0055AD"),
}


@dataclass(frozen=True)
class Mark:
    """What is to be mended in a cell. `level` is one of LEVELS; `cell` may be empty, for the sheet as a whole."""

    sheet: str
    cell: str
    raw: str
    level: str
    reason: str


def marked_workbook(content: bytes, name: str, marks: Sequence[Mark], notices: Sequence[str] = ()) -> bytes:
    """An .xlsx with `marks` in it, and before all others a sheet that lists them. `notices` are about it as a whole.

    Raises Refused, whose message says why there is none.
    """
    admit(content, name)
    kept = sorted(marks, key=lambda mark: list(LEVELS).index(mark.level))[:MAX_MARKS]
    asked = {"name": name, "marks": [astuple(mark) for mark in kept], "notices": list(notices), "all": len(marks)}
    try:
        return ask_apart("sumairu.lib.marked_workbook", asked, content, PATIENCE)
    except Busy:
        raise Refused(
            "いま、ほかのブックを読み取っています。1分ほどたってから、もう一度選んでください。"
            "何度試しても同じときは、ブックが大きすぎます。もとのブックを直してください。"
        ) from None
    except Refused as refusal:
        raise Refused(f"直すところの印を付けたブックを作れませんでした。{refusal}") from refusal


def marked_name(name: str) -> str:
    """What the correction workbook of a file is called."""
    return f"{PurePath(name).stem}（{MENDING_LIST}）.xlsx"
