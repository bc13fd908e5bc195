"""Which records of this app have versions."""

from sumairu.imports.versions import FIGURES_HAVE_THEIR_OWN
from support.uptake.models import UptakeFigure

TRACKED = {}
UNTRACKED = {UptakeFigure: FIGURES_HAVE_THEIR_OWN}
