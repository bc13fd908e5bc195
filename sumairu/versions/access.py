"""Who may read over everything what was changed: administrators. What became of one record, whoever may see the record.

Of a record that was another office's before, its office now sees the versions since it is theirs.
"""

from django.db.models import Q

from sumairu.access import ADMINISTRATORS, Rule, keeps_all, offices_of, rule_for
from sumairu.versions.models import Version

RULES = {Version: Rule(seen_by=ADMINISTRATORS, actions=())}


def seen_by(user, model, versions):
    """Of `versions`, a queryset of records of `model`, those that `user` may see."""
    if _sees_all(user, model):
        return versions
    offices = offices_of(user)
    mine = Q(office__in=[office for office in offices if office is not None])
    return versions.filter(mine | Q(office=None) if None in offices else mine)


def is_seen_by(user, model, version):
    return _sees_all(user, model) or version.office in offices_of(user)


def _sees_all(user, model):
    rule = rule_for(model)
    return not rule.owner or keeps_all(user, model, "view")
