#!/usr/bin/env python3
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sumairu.settings")
    if sys.argv[1:2] == ["read_workbook"]:  # which uses nothing that an installation must set
        os.environ.setdefault("SUMAIRU_MODE", "test")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # says what to set; where in Django it was noticed helps nobody
        sys.exit(str(error))
