"""「今年度も同じ」: an edition of this year made of the last one, because a person says that nothing has changed."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.timezone import localdate

from sumairu.access import may
from sumairu.lib.wareki import era_name, fiscal_year_on
from sumairu.publishing.models import Status
from sumairu.versions.models import Origin
from sumairu.versions.recording import recording
from support.models import Program, ProgramEdition
from support.models.programs import COPIED

BENEATH = ("rules", "local_notes", "links")


class NotConfirmed(Exception):
    """Why a programme could not be confirmed, in a sentence for the person who tried."""


@dataclass(frozen=True)
class Confirmation:
    """A programme that may be confirmed for the year of a day: by copying `last`, or by taking `draft` as it is."""

    program: Program
    last: ProgramEdition
    fiscal_year: int
    draft: ProgramEdition | None = None

    @property
    def texts(self):
        """What is copied, as pairs of a name and a text."""
        return [(self.last._meta.get_field(name).verbose_name, getattr(self.last, name)) for name in COPIED]

    @property
    def left_behind(self):
        """What is not copied: it belongs to last year."""
        return [
            f"{label}{count}件"
            for label, count in (
                ("受付期間", self.last.windows.count()),
                ("添付ファイル", self.last.attachments.count()),
            )
            if count
        ]


def may_confirm(user):
    return may(user, ProgramEdition, "add") and may(user, ProgramEdition, "change")


def not_begun(on=None):
    """Programmes of which no edition of this year was begun, though one of an earlier year is public: with that edition."""
    on = on or localdate()
    begun = ProgramEdition.objects.in_year(fiscal_year_on(on)).values("program")
    earlier = ProgramEdition.objects.speaking(on).filter(fiscal_year__lt=fiscal_year_on(on)).exclude(program__in=begun)
    newest = {}
    for edition in earlier.select_related("program").order_by("program", "fiscal_year"):
        newest[edition.program_id] = edition
    return list(newest.values())


def confirmation_of(program, on=None):
    """What would be confirmed; raises NotConfirmed where there is nothing to confirm."""
    on = on or localdate()
    year = fiscal_year_on(on)
    last = (
        ProgramEdition.objects.speaking(on)
        .filter(program=program, fiscal_year__lt=year)
        .order_by("-fiscal_year")
        .first()
    )
    if last is None:
        raise NotConfirmed(
            f"「{program}」には、公開している前の年度の版がありません。{era_name(year)}の版を新しく書いてください。"
        )
    there = program.editions.in_year(year).first()
    if there is not None and not (there.is_carried_over and not there.changed_since(last)):
        raise NotConfirmed(
            f"「{program}」の{era_name(year)}の版は、すでにあります（{there.get_status_display()}）。"
            "その版の内容を確かめて公開してください。"
        )
    return Confirmation(program, last, year, there)


def confirm_same(program, by, on=None):
    """Publish this year's edition as one that is known to be the same as the last; it keeps who said so, and when."""
    if not may_confirm(by):
        raise NotConfirmed("制度の年度版を加えて公開できる人だけが、確認できます。")
    on = on or localdate()
    begun = program.editions.in_year(fiscal_year_on(on))
    try:
        with recording(by=by, origin=Origin.ACTION, reference="今年度も同じ") as changes:
            changes.watch(ProgramEdition, list(begun.values_list("pk", flat=True)))
            found = confirmation_of(program, on)  # only now: what somebody has just written in a draft counts
            edition = found.draft or _copied(found)
            edition.is_carried_over, edition.status = False, Status.PUBLISHED
            edition.same_as, edition.confirmed_by, edition.confirmed_at = found.last, by, timezone.now()
            edition.full_clean()
            edition.save()
            if not found.draft:
                _copy_beneath(found.last, edition)
            changes.made(ProgramEdition, [edition.pk])
    except IntegrityError:
        raise NotConfirmed(f"「{program}」は、ほかの人が先に確認しました。一覧を開き直してください。") from None
    except ValidationError as error:
        raise NotConfirmed(f"「{program}」：{' '.join(error.messages)}") from None
    return edition


def _copied(found):
    fields = {name: getattr(found.last, name) for name in (*COPIED, "ended_fields", "is_sample")}
    return ProgramEdition(program=found.program, fiscal_year=found.fiscal_year, **fields)


def _copy_beneath(last, edition):
    for name in BENEATH:
        for row in getattr(last, name).all():
            row.pk, row.edition = None, edition
            row._state.adding = True
            row.save()
