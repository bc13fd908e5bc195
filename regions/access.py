"""Who may see and keep what in this app, and where each person is posted."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from regions.models import (
    LAST_ADMINISTRATOR,
    CooperationRegion,
    Desk,
    Fact,
    Indicator,
    IndicatorFigure,
    Initiative,
    InitiativeAttachment,
    InitiativeLink,
    InitiativePicture,
    MunicipalFact,
    Municipality,
    MunicipalityAlias,
    RegionalPolicy,
    StaffAssignment,
    Subprefecture,
    Theme,
    ever_had_figures,
    themed,
)
from sumairu.access import ADMINISTRATORS, EVERYONE, HEADQUARTERS, Posting, Role, Rule, Scope
from sumairu.lib.days import full_day
from sumairu.publishing.models import never_public

# An office keeps and sees its own; headquarters reads along; administrators help everyone.
OFFICES_SEE = {Role.OFFICE: Scope.OWN, Role.HEADQUARTERS: Scope.ALL, Role.ADMINISTRATOR: Scope.ALL}
OFFICES_KEEP = {Role.OFFICE: Scope.OWN, Role.ADMINISTRATOR: Scope.ALL}

RULES = {
    # Official tables come from `load_facts`; an administrator may mend what has changed since.
    CooperationRegion: Rule(seen_by=EVERYONE, kept_by=ADMINISTRATORS, actions=("change",)),
    Subprefecture: Rule(seen_by=EVERYONE, kept_by=ADMINISTRATORS, actions=("change",)),
    Municipality: Rule(seen_by=EVERYONE, kept_by=ADMINISTRATORS, actions=("change",)),
    MunicipalityAlias: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS),
    Fact: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS),
    MunicipalFact: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS),
    Indicator: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS, deletable=lambda: ~ever_had_figures()),
    IndicatorFigure: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS),
    Theme: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS, deletable=lambda: ~_shown_with_the_theme()),
    RegionalPolicy: Rule(seen_by=OFFICES_SEE, kept_by=OFFICES_KEEP, owner="subprefecture", deletable=never_public),
    Initiative: Rule(seen_by=OFFICES_SEE, kept_by=OFFICES_KEEP, owner="subprefecture", deletable=never_public),
    InitiativeLink: Rule(seen_by=OFFICES_SEE, kept_by=OFFICES_KEEP, owner="initiative__subprefecture"),
    InitiativeAttachment: Rule(seen_by=OFFICES_SEE, kept_by=OFFICES_KEEP, owner="initiative__subprefecture"),
    InitiativePicture: Rule(seen_by=OFFICES_SEE, kept_by=OFFICES_KEEP, owner="initiative__subprefecture"),
    # A desk is public; headquarters' own desks have no subprefecture.
    Desk: Rule(
        seen_by=EVERYONE,
        kept_by={Role.OFFICE: Scope.OWN, Role.HEADQUARTERS: Scope.OWN, Role.ADMINISTRATOR: Scope.ALL},
        owner="subprefecture",
    ),
    StaffAssignment: Rule(seen_by=ADMINISTRATORS, kept_by=ADMINISTRATORS, actions=("add", "change")),
}


def postings(user):
    """The roles that today's assignments of `user` give, each at its office."""
    for assignment in StaffAssignment.objects.current().filter(user=user):
        if assignment.role == StaffAssignment.Role.ADMINISTRATOR:
            yield Posting(Role.ADMINISTRATOR, None)
        elif assignment.subprefecture_id is None:
            yield Posting(Role.HEADQUARTERS, None)
        else:
            yield Posting(Role.OFFICE, assignment.subprefecture_id)


def absence(user, on=None):
    """Why somebody with the right password may not enter today: their posting begins later, or it has ended."""
    on = on or localdate()
    ahead = user.assignments.filter(starts_on__gt=on).order_by("starts_on").first()
    if ahead:
        return f"配属は{full_day(ahead.starts_on)}からです。その日からサインインできます。"
    last = user.assignments.filter(ends_on__lt=on).order_by("-ends_on").first()
    if last:
        return f"配属は{full_day(last.ends_on)}で終わりました。続けて使うときは、新しい配属の登録が要ります。"
    return "配属がまだ登録されていないため、サインインできません。"


def must_stay(user, on=None):
    """Why `user` may not stop signing in: nobody else would administer the portal."""
    StaffAssignment.objects.hold_administrators()
    administrators = StaffAssignment.objects.administering(on)
    if administrators.filter(user=user).exists() and not administrators.exclude(user=user).exists():
        return LAST_ADMINISTRATOR
    return ""


def _shown_with_the_theme():
    shown = (model.objects.ever_public().filter(**{name: OuterRef("pk")}) for model, name in themed())
    return reduce(or_, (Q(Exists(rows)) for rows in shown))
