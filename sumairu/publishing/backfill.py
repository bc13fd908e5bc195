"""For the migrations that began to remember what was public and which codes were given: what can be told of before."""

import re

from django.db.models import Q
from django.utils.timezone import localdate, localtime


def first_public_days(rows, log_entries):
    """Fill `first_public_on` of those of `rows` that are public, were ended, or were taken back as the log tells.

    The day is that of publishing where it was set, else the last that is known: of the last save, or today. A form's
    entry in the log names the fields but no values, so that a draft of which the state was ever changed counts as seen.
    """
    today = localdate()
    told = Q(change_message__contains="「公開」にしました") | Q(change_message__contains="「公開終了」にしました")
    told |= Q(change_message__contains="公開の状態")
    taken_back = set(log_entries.filter(told, action_flag=2).values_list("object_id", flat=True))
    for row in rows.all():
        is_shown = row.status in ("published", "ended")
        if not is_shown and str(row.pk) not in taken_back:
            continue
        saved = getattr(row, "updated_at", None)
        day = row.publish_on or (localtime(saved).date() if saved else today)
        if not is_shown or row.status == "ended":
            day = min(day, today)
        rows.filter(pk=row.pk).update(first_public_on=day)


def used_codes(rows, field, used):
    """Note the codes that `rows` have in `field`."""
    kind = rows.model._meta.label_lower
    for row in rows.all():
        is_sample = getattr(row, "is_sample", False)
        used.get_or_create(kind=kind, code=getattr(row, field), defaults={"record_id": row.pk, "is_sample": is_sample})


def counted(codes, counters):
    """Let `counters` go on after the numbers in `codes`."""
    last = {}
    for code in codes:
        if numbered := re.fullmatch(r"(.*-)(\d{1,9})", code):
            last[numbered[1]] = max(last.get(numbered[1], 0), int(numbered[2]))
    for stem, number in last.items():
        counters.get_or_create(stem=stem, defaults={"last": number})
