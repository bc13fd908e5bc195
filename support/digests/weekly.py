"""The weekly mail: made from Monday morning on by whichever worker comes to it, once for each subscriber and week.

What there is to say is made once for all who chose the same. Whoever was seen to has a `Delivery`, written in one
transaction with the mail, so that what was interrupted goes on where it stood.
"""

from datetime import datetime, time, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime, make_aware, now

from sumairu.acting_links.models import Link, address_of
from sumairu.alone import one_at_a_time
from sumairu.lib.days import full_day
from sumairu.outbox.models import Message
from sumairu.outbox.writing import mailing, unsaved
from sumairu.updates.models import Update
from support.digests.content import Contents
from support.digests.letters import ForMany, stopped_at
from support.digests.models import Delivery, Subscriber, Week

KIND = "digest"
HOUR, LAST_HOUR = 7, 20  # in Tokyo; from Monday on
WEEK = timedelta(days=7)
AT_ONCE = 200  # subscribers in one transaction
STOPS_WITHIN, CHANGES_WITHIN = timedelta(days=180), timedelta(days=30)
KEPT_WEEKS = 8


def monday_of(at=None):
    """The Monday of the week in which mail is made at a moment; None in the night, when none is."""
    here = localtime(at or now())
    return here.date() - timedelta(days=here.weekday()) if HOUR <= here.hour < LAST_HOUR else None


def is_due(at=None):
    monday = monday_of(at)
    return monday is not None and not Week.objects.filter(monday=monday, finished_at__isnull=False).exists()


def week_of(monday):
    """The week's row, saved where it is new: it tells of the updates that the week before did not."""
    week = Week.objects.filter(monday=monday).first()
    if week is None:
        week, _ = Week.objects.get_or_create(monday=monday, defaults=updates_of(monday))
    return week


def updates_of(monday):
    before = Week.objects.filter(monday__lt=monday).order_by("-monday").first()
    newest = Update.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return {"after": before.up_to if before else _last_before(monday - WEEK), "up_to": newest}


def make(monday, seconds=None):
    """Write the mails of a week, for about so long or to the end. Returns how many were written."""
    end, made = monotonic() + seconds if seconds else None, 0
    week = week_of(monday)
    contents, letters = Contents(week.after, week.up_to), {}
    while pks := list(Subscriber.objects.waiting_for(week).values_list("pk", flat=True)):
        for place in range(0, len(pks), AT_ONCE):
            made += _make_some(week, pks[place : place + AT_ONCE], contents, letters)
            if end and monotonic() > end:
                return made
    Week.objects.filter(pk=week.pk, finished_at=None).update(finished_at=now())
    Delivery.objects.filter(week__monday__lt=monday - KEPT_WEEKS * WEEK).delete()
    return made


@transaction.atomic
def _make_some(week, pks, contents, letters):
    """See to those of these subscribers that still wait; how many mails that were."""
    one_at_a_time("digests")
    waiting = Subscriber.objects.waiting_for(week).filter(pk__in=pks)
    some = waiting.select_related("municipality__subprefecture", "subprefecture")
    batch, links, mails, deliveries = mailing(KIND, f"週に1度のメール（{full_day(week.monday)}の週）"), [], [], []
    for subscriber in some:
        letter = _letter(subscriber.choice, contents, letters)
        deliveries.append(Delivery(week=week, subscriber=subscriber, has_mail=letter is not None))
        if letter is not None:
            (stop, to_stop), (change, to_change) = own_links(subscriber)
            links += [stop, change]
            said = letter.copy(stop=to_stop, change=to_change)
            headers = stopped_at(to_stop)
            useless_from = now() + WEEK - timedelta(days=1)
            mails.append(unsaved(batch, subscriber.email, said.subject, said.text, said.html, headers, useless_from))
    Delivery.objects.bulk_create(deliveries)
    Link.objects.bulk_create(links)
    Message.objects.bulk_create(mails)
    return len(mails)


def own_links(subscriber):
    """The unsaved links by which somebody stops or changes what they get, each with its address."""
    for name, lasts in (("digest-stop", STOPS_WITHIN), ("digest-change", CHANGES_WITHIN)):
        link, token = Link.new(name, {"subscriber": subscriber.pk}, lasts, subscriber.about)
        yield link, address_of(token)


def _letter(choice, contents, letters):
    """The mail for all who chose this; None where there is nothing to say. Those of the last place are kept."""
    if choice not in letters:
        if any(each.place != choice.place for each in letters):
            letters.clear()
        content = contents.of(choice)
        letters[choice] = None if content.is_empty else letter_of(content)
    return letters[choice]


def letter_of(content):
    return ForMany("digest", content.subject, ["stop", "change"], content=content, choice=content.choice)


def _last_before(day):
    """The newest update from before seven in the morning of a day."""
    moment = make_aware(datetime.combine(day, time(HOUR)))
    return Update.objects.filter(happened_at__lt=moment).aggregate(last=Max("pk"))["last"] or 0
