"""What calendars and feeds are told of calls, and keeping what they were told (`GivenCall`).

A call that has a last day is told from the day that its edition is public. Its content is kept in the transaction of
each change (`support.followers`), and once a day by the worker, since days alone publish and end editions. Pages write
nothing: what is not kept yet they reckon with as it will be.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.timezone import localdate, localtime, make_aware

from sumairu.lib.days import full_day
from sumairu.lib.wareki import full_name
from support.models import ApplicationWindow, GivenCall, ProgramEdition
from support.standing import LONG_TEXTS

PAST = timedelta(days=90)  # how long calls stay in calendars that are over, and those that were withdrawn
EDITIONS_AT_ONCE = 200
KEPT = ["subprefecture", "applicant", "closes_on", "content", "sequence", "changed_at", "withdrawn_at", "is_sample"]


@dataclass(frozen=True)
class Told:
    """A call as calendars are told of it. `content` is what a change of makes its sequence rise."""

    uid: str
    content: dict
    sequence: int
    changed_at: datetime
    is_withdrawn: bool = False

    @property
    def last_day(self):
        return date.fromisoformat(self.content["last_day"])


def content_of(window):
    """All that is told of a window, in values that JSON has. Nothing in it depends on the day on which it is asked for."""
    edition, program = window.edition, window.edition.program
    mark = "【見本】" if window.is_sample or edition.is_sample else ""
    year = full_name(edition.fiscal_year)
    where = f"{window.subprefecture}管内" if window.subprefecture else "全道"
    who = "どなたでも" if window.applicant == ApplicationWindow.Applicant.ANYONE else window.get_applicant_display()
    first = f"{full_day(window.opens_on)}から" if window.opens_on else ""
    told = [
        f"{edition.program.official_name}（{year}）",
        f"受付期間：{first}{full_day(window.closes_on)}まで（最終日も申し込めます）",
        f"申し込む人：{who}、{where}",
        window.note and f"備考：{window.note}",
        *_desk(program.desk_for(window.subprefecture)),
        mark and "画面の働きを示すために作った、架空の募集です。",
    ]
    return {
        "summary": f"{mark}締切：{program.official_name}",
        "description": "\n".join(filter(None, told)),
        "last_day": window.closes_on.isoformat(),
        "url": f"{settings.PUBLIC_ADDRESS}{edition.get_absolute_url()}",
        "category": program.get_pillar_display(),
    }


def _desk(desk):
    if desk is None:
        return ["窓口：お近くの総合振興局・振興局"]
    reached = [f"電話 {desk.phone}" if desk.phone else "", desk.email, desk.hours]
    return [f"窓口：{desk}", "　".join(filter(None, reached))]


def with_content(windows):
    """`windows` with all that `content_of` asks."""
    return (
        windows.select_related("edition__program__desk__subprefecture", "subprefecture")
        .prefetch_related("edition__program__desks__desk__subprefecture")
        .defer(*(f"edition__{name}" for name in LONG_TEXTS))
    )


def told_of(windows):
    """What is told of these windows, in their order."""
    windows = list(windows)
    given = {each.uid: each for each in GivenCall.objects.filter(uid__in=[window.uid for window in windows])}
    return [_told(window, given.get(window.uid)) for window in windows]


def _told(window, given):
    content = content_of(window)
    if given is None:
        return Told(str(window.uid), content, 0, _public_since(window.edition))
    if given.withdrawn_at is None and given.content == content:
        return Told(str(window.uid), content, given.sequence, given.changed_at)
    return Told(str(window.uid), content, given.sequence + 1, _this_morning())


def withdrawn(given, on=None):
    """Of `given` those that are told as withdrawn: not over when they were, and not long ago."""
    on = on or localdate()
    speaking = ApplicationWindow.objects.speaking().filter(uid=OuterRef("uid"), closes_on__isnull=False)
    lately = given.filter(Q(withdrawn_at__isnull=False) | Q(closes_on__gte=on), closes_on__gte=on - PAST)
    for each in lately.filter(~Exists(speaking)).order_by("closes_on", "pk"):
        if each.withdrawn_at is not None:
            yield Told(str(each.uid), each.content, each.sequence, each.changed_at, is_withdrawn=True)
        else:
            yield Told(str(each.uid), each.content, each.sequence + 1, _this_morning(), is_withdrawn=True)


def keep(editions=None, on=None):
    """Keep what is told now of the calls of these editions (their keys), or of all; how many are told otherwise than before."""
    on = on or localdate()
    lately = Q(windows__closes_on__gte=on - PAST) | Q(given_calls__closes_on__gte=on - PAST)
    concerned = ProgramEdition.objects.filter(lately).order_by("pk")
    if editions is not None:
        concerned = concerned.filter(pk__in=editions)
    pks = list(concerned.values_list("pk", flat=True).distinct())
    with transaction.atomic(savepoint=False):
        batches = (pks[place : place + EDITIONS_AT_ONCE] for place in range(0, len(pks), EDITIONS_AT_ONCE))
        return sum(_keep(batch, on) for batch in batches)


def _keep(editions, on):
    given = {each.uid: each for each in GivenCall.objects.select_for_update().filter(edition__in=editions)}
    windows = ApplicationWindow.objects.speaking(on).filter(edition__in=editions, closes_on__isnull=False)
    new, changed = [], []
    for window in with_content(windows):
        row = given.pop(window.uid, None)
        told = _told(window, row)
        if row is None:
            new.append(_filled(GivenCall(uid=window.uid, changed_at=told.changed_at), window, told))
        elif row.content != told.content or row.withdrawn_at is not None:
            row.changed_at = timezone.now()
            changed.append(_filled(row, window, told))
    for row in given.values():
        if row.withdrawn_at is None and row.closes_on >= on:
            row.withdrawn_at = row.changed_at = timezone.now()
            row.sequence += 1
            changed.append(row)
    GivenCall.objects.bulk_create(new)
    GivenCall.objects.bulk_update(changed, KEPT)
    return len(new) + len(changed)


def _filled(row, window, told):
    row.edition_id, row.subprefecture_id, row.applicant = window.edition_id, window.subprefecture_id, window.applicant
    row.closes_on, row.content, row.sequence = window.closes_on, told.content, told.sequence
    row.withdrawn_at = None
    row.is_sample = window.is_sample or window.edition.is_sample
    return row


def _public_since(edition):
    """When a call that was never kept was first told: it must not change from one answer to the next."""
    public_on = edition.publish_on and make_aware(datetime.combine(edition.publish_on, time()))
    return max(filter(None, [edition.updated_at, public_on]))


def _this_morning():
    return localtime().replace(hour=0, minute=0, second=0, microsecond=0)
