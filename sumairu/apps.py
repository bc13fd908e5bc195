from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.admin.templatetags import admin_list


class SumairuConfig(AppConfig):
    default = True
    name = "sumairu"
    verbose_name = "住まいる北海道"


class StaffSiteConfig(admin_apps.AdminConfig):
    default = False
    default_site = "sumairu.admin.StaffSite"

    def ready(self):
        _import_without_heavy_formats()
        super().ready()
        admin_list._boolean_icon = yes_or_no  # Django offers no other way


def yes_or_no(value):
    """In words: a red cross beside all that is no sample, or not carried over, looks like a fault."""
    return {True: "はい", False: "いいえ", None: "不明"}[value]


def _import_without_heavy_formats():
    """Import django-import-export, which tries each format that it knows, while it knows none that needs openpyxl.

    With openpyxl comes numpy: 2 s and 30 MB in every web worker, before anybody exports. Whoever does loads them then.
    """
    registry = import_module("tablib.formats").registry
    known = registry._formats
    registry._formats = {name: each for name, each in known.items() if not isinstance(each, str)}
    try:
        import_module("import_export.formats.base_formats")
    finally:
        registry._formats = known
