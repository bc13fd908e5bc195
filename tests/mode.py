"""A pytest plugin (`addopts = -p tests.mode`): the settings are read before any conftest.py, and must be the tests'."""

import os

os.environ["SUMAIRU_MODE"] = "test"
