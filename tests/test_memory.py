"""What a web worker holds in memory: nothing that only exports, imports and the worker need."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "python_calamine",
    "sumairu.lib.workbooks.reading",
    "numpy",
    "pandas",
    "openpyxl",
    "xlsxwriter",
    "xlrd",
    "sudachipy",
    "sumairu.search.reading",
    "django.contrib.postgres",
    "drf_spectacular",
    "nh3",
    "segno",
    "pygments",
    "requests",
    "tablib.formats._xlsx",
    "tablib.formats._xls",
    "tablib.formats._df",
)
PROGRAM = """
import sys
import django

django.setup()
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.test import Client

get_wsgi_application()
call_command("migrate", verbosity=0)
for address in ("/", "/search/?q=%E3%81%8B%E3%82%93%E3%81%93%E3%81%86", "/admin/login/"):
    assert Client(SERVER_NAME="localhost").get(address).status_code == 200, address
print(*sorted(name for name in NAMES if name in sys.modules))
"""


@pytest.mark.exhaustive
def test_a_worker_that_has_answered_holds_no_library_of_exports():
    environment = os.environ | {
        "SUMAIRU_MODE": "test",
        "DATABASE_URL": "sqlite://:memory:",
        "DJANGO_SETTINGS_MODULE": "sumairu.settings",
    }
    program = PROGRAM.replace("NAMES", repr(HEAVY))
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parent.parent,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
    )
    assert (answer.stdout.strip(), answer.returncode) == ("", 0), answer.stderr
