"""LibreOffice, where it is installed: files as another program writes them."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

# What it can be asked for; nothing where it is not installed, so that tests over these formats are fewer, not skipped.
FORMATS = ["xls", "ods"] if shutil.which("soffice") else []


def converted(content, extension):
    """The bytes of an .xlsx as LibreOffice saves it under another extension."""
    with TemporaryDirectory() as folder:
        book = Path(folder, "book.xlsx")
        book.write_bytes(content)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"  # its own, so that several may run
        command = ["soffice", profile, "--headless", "--convert-to", extension, "--outdir", f"{folder}/out", str(book)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return Path(folder, "out", f"book.{extension}").read_bytes()
