"""Who may see and keep the journal: headquarters edits it, offices read along."""

from sumairu.access import EVERYONE, HEADQUARTERS, Rule
from sumairu.publishing.models import never_public
from support.journal.models import Article, Issue, may_go

RULES = {
    Issue: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS, deletable=never_public),
    Article: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS, deletable=lambda: may_go("issue__")),
}
