"""Who may see and answer what readers report: the office that the page belongs to, and headquarters all of it."""

from regions.access import OFFICES_SEE
from sumairu.access import Rule
from support.access import WITH_LOCAL_ROWS
from support.reports.models import Report

RULES = {Report: Rule(seen_by=OFFICES_SEE, kept_by=WITH_LOCAL_ROWS, owner="subprefecture", actions=("change",))}
