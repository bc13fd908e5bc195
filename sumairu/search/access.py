"""Who keeps the words of search: headquarters."""

from sumairu.access import EVERYONE, HEADQUARTERS, Rule
from sumairu.search.models import Synonym

RULES = {Synonym: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS)}
