"""Who may read over everything what was changed: administrators. What became of one record, whoever may see the record."""

from sumairu.access import ADMINISTRATORS, Rule
from sumairu.versions.models import Version

RULES = {Version: Rule(seen_by=ADMINISTRATORS, actions=())}
