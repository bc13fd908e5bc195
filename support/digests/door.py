"""What is written to an address that somebody typed: to one that is known that it is, to all others how to confirm.

Both are one mail and look alike from outside, so nobody learns who subscribes. Nothing of the address is kept before it is
confirmed, but in the link and the mail, which go after a day.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate, now

from sumairu.acting_links.models import Link
from sumairu.outbox.writing import has_had_enough, mailing, write
from support.digests.letters import letter, stopped_at
from support.digests.models import Reminder, Subscriber
from support.digests.reminding import stop_address
from support.digests.weekly import STOPS_WITHIN, own_links

KIND = "mail-door"
CONFIRMED_WITHIN = timedelta(days=1)


@transaction.atomic
def ask_to_subscribe(email, choice):
    if has_had_enough(email, [KIND]):
        return
    if subscriber := Subscriber.objects.filter(email=email).first():
        (stop, to_stop), (change, to_change) = own_links(subscriber)
        Link.objects.bulk_create([stop, change])
        said = letter("known", "メールはもう受け取っています（住まいる北海道）", stop=to_stop, change=to_change)
        _write(email, said, stopped_at(to_stop))
    else:
        payload = {"email": email} | choice.as_json()
        confirm = Link.make("digest-confirm", payload, CONFIRMED_WITHIN)
        _write(
            email, letter("confirm", "メールで受け取る：確認のお願い（住まいる北海道）", confirm=confirm, choice=choice)
        )


@transaction.atomic
def ask_to_remind(email, call):
    if has_had_enough(email, [KIND]):
        return
    if reminder := Reminder.objects.filter(email=email, window=call.window).first():
        stop = stop_address(reminder, STOPS_WITHIN)
        _write(email, letter("reminder_known", "締切の前に知らせます（住まいる北海道）", stop=stop, call=call))
    else:
        confirm = Link.make("reminder-confirm", {"email": email, "window": call.window.pk}, CONFIRMED_WITHIN)
        _write(
            email,
            letter(
                "reminder_confirm", "締切の前に知らせる：確認のお願い（住まいる北海道）", confirm=confirm, call=call
            ),
        )


def _write(email, said, headers=None):
    batch = mailing(KIND, f"申し込みの確認（{localdate():%Y年%-m月}）")
    write(batch, email, said.subject, said.text, said.html, headers, now() + CONFIRMED_WITHIN)
