"""Who may import figures, and read what was imported: headquarters. A run is a record; nobody edits it."""

from sumairu.access import EVERYONE, HEADQUARTERS, Rule
from sumairu.imports.models import FigureChange, ImportRun, Layout

RULES = {
    ImportRun: Rule(seen_by=HEADQUARTERS, kept_by=HEADQUARTERS, actions=("add",)),
    Layout: Rule(seen_by=HEADQUARTERS, kept_by=HEADQUARTERS, actions=("change", "delete")),
    FigureChange: Rule(seen_by=EVERYONE),
}
