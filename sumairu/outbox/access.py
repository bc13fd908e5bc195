"""Who sees what was sent to how many, and stops it: headquarters. To whom it was sent nobody sees: messages have no rule."""

from sumairu.access import HEADQUARTERS, Rule
from sumairu.outbox.models import Mailing

RULES = {Mailing: Rule(seen_by=HEADQUARTERS, kept_by=HEADQUARTERS, actions=("change",))}
