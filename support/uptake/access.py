"""Who may see and keep what towns took: headquarters all of it, an office that of its own towns."""

from sumairu.access import EVERYONE, Rule
from support.access import WITH_LOCAL_ROWS
from support.uptake.models import UptakeFigure

RULES = {UptakeFigure: Rule(seen_by=EVERYONE, kept_by=WITH_LOCAL_ROWS, owner="municipality__subprefecture")}
