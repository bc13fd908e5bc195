"""The staff side: Django's admin, in which who may is asked of `sumairu.access` and tables go out and come in."""

from sumairu.admin.filters import FiscalYearFilter, PublicNowFilter, of_none
from sumairu.admin.site import StaffSite
from sumairu.admin.staff import AccessMixin, StackedRows, StaffAdmin
from sumairu.admin.tables import ExportMixin, ImportMixin

__all__ = [
    "AccessMixin",
    "ExportMixin",
    "FiscalYearFilter",
    "ImportMixin",
    "PublicNowFilter",
    "StackedRows",
    "StaffAdmin",
    "StaffSite",
    "of_none",
]
