"""One mail before a call ends, to whoever asked for it; with it their address goes."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, make_aware

from sumairu.acting_links.models import Link, address_of
from sumairu.alone import one_at_a_time
from sumairu.outbox.models import Message
from sumairu.outbox.writing import mailing, unsaved
from support.calls import call_in
from support.digests.letters import letter
from support.digests.models import Reminder
from support.models import ApplicationWindow

KIND = "reminder"
AT_ONCE = 200


def windows_told():
    """The calls of which one may be reminded."""
    windows = ApplicationWindow.objects.speaking().filter(closes_on__isnull=False)
    return windows if settings.SHOWS_MAIL else windows.real()


def remind(on=None):
    """Write what is due. Returns how many mails that were."""
    on, made = on or localdate(), 0
    while (count := _remind_some(on)) is not None:
        made += count
    return made


@transaction.atomic
def _remind_some(on):
    one_at_a_time("digests")
    some = list(Reminder.objects.due(on).order_by("window", "pk")[:AT_ONCE])
    if not some:
        return None
    told = windows_told().filter(pk__in={each.window_id for each in some}, closes_on__gte=on)
    windows = {window.pk: window for window in told.select_related("edition__program", "subprefecture")}
    mails = [_mail(each, windows[each.window_id], on) for each in some if each.window_id in windows]
    Message.objects.bulk_create(mails)
    for each in some:
        Link.objects.about(each.about).revoke()
    Reminder.objects.filter(pk__in=[each.pk for each in some]).delete()
    return len(mails)


def _mail(reminder, window, on):
    call = call_in(window, on)
    said = letter("reminder", subject_of(call), call=call)
    over = make_aware(
        datetime.combine(window.closes_on + timedelta(days=1), time())
    )  # nobody is reminded of what has ended
    batch = mailing(KIND, f"締切前の知らせ（{on:%Y年%-m月}）")
    return unsaved(batch, reminder.email, said.subject, said.text, said.html, useless_from=over)


def subject_of(call):
    last = call.window.closes_on
    return f"{call.edition.program}の締切は{last.month}月{last.day}日です（住まいる北海道）"


def stop_address(reminder, lasts):
    link, token = Link.new("reminder-stop", {"reminder": reminder.pk}, lasts, reminder.about)
    link.save()
    return address_of(token)
