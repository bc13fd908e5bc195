"""Who sees what the public was told, and takes of it out of sight what must not be kept there: headquarters."""

from sumairu.access import EVERYONE, HEADQUARTERS, Rule
from sumairu.updates.models import Update

RULES = {Update: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS, actions=("change",))}
