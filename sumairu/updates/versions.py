"""What of updates has versions: whether the public sees one. They show on public pages."""

from sumairu.updates.models import Update, UpdateFacet

TRACKED = {Update: ()}
LEFT_OUT = {Update: ["kind", "row", "what", "path", "note", "lines", "is_sample", "happened_at"]}
SHOWN = [Update, UpdateFacet]
