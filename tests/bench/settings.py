"""The demo's settings, with one view beside the portal's: the constant that everything is measured against."""

from sumairu.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
