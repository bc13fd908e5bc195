"""LibreOffice, where it is installed: files as another program writes them."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

IS_INSTALLED = shutil.which("soffice") is not None
# What it can be asked for; nothing where it is not installed, so that tests over these formats are fewer, not skipped.
FORMATS = ["xls", "ods"] if IS_INSTALLED else []


def converted(content, to):
    """The bytes of a workbook as LibreOffice saves it in another format, an extension or `csv:…` with its options."""
    with TemporaryDirectory() as folder:
        book = Path(folder, "book")
        book.write_bytes(content)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"  # its own, so that several may run
        command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", f"{folder}/out", str(book)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        [made] = Path(folder, "out").iterdir()
        return made.read_bytes()
