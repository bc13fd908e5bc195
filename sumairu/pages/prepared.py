"""Which data sets have workbooks that the worker makes, and making them.

Nobody can ask for one to be made: the worker looks for itself which set is too long to be made at once and has changed. It makes
the workbook of a set at most once for each content version, and at most once an hour.
"""

from dataclasses import replace
from tempfile import TemporaryFile

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from sumairu.downloads.taking import history_address
from sumairu.imports.models import moment
from sumairu.lib.days import full_day
from sumairu.lib.shown.files import write_whole
from sumairu.models import ContentVersion
from sumairu.pages.data_sets import data_sets
from sumairu.pages.models import MADE_EVERY, PreparedWorkbook


def due_sets():
    """The sets of which a workbook is to be made now. Those of sets that are short by now, or gone, go."""
    long = [each for each in data_sets() if each.is_long and not each.is_beyond_excel]
    PreparedWorkbook.objects.exclude(slug__in=[each.slug for each in long]).delete()
    if not long:
        return []
    done = set(PreparedWorkbook.objects.of_now().values_list("slug", flat=True))
    # One that nobody may have any more is made anew at once.
    lately = PreparedWorkbook.objects.filter(begun_at__gt=moment() - MADE_EVERY)
    lately = lately.filter(Q(made_at=None) | Q(pk__in=PreparedWorkbook.objects.given().values("pk")))
    wait = set(lately.values_list("slug", flat=True))
    return [each for each in long if each.slug not in done | wait]


def prepare(each):
    """Make the workbook of a set and keep it; False where another worker is at it."""
    begun_at = moment()
    try:
        with transaction.atomic():
            left = PreparedWorkbook.objects.filter(slug=each.slug, made_at=None, begun_at__lte=begun_at - MADE_EVERY)
            left.delete()  # by a worker that is gone
            book = PreparedWorkbook.objects.create(slug=each.slug, version=ContentVersion.current(), begun_at=begun_at)
    except IntegrityError:
        return False
    with TemporaryFile(dir=settings.LARGE_FILES_DIR) as file:
        write_whole(shown(each, begun_at), file, settings.LARGE_FILES_DIR)
        file.seek(0)
        book.keep(file)
    return True


def shown(each, at):
    """A set as its workbook tells of it, with the moment of its making."""
    local = localtime(at)
    note = f"{full_day(local.date())}{local:%-H時%M分}に作りました。そのあとの変更は入っていません。"
    table = each.shown()
    table = replace(table, notes=[*table.notes, note])
    return table.shown_at(f"{settings.PUBLIC_ADDRESS}{reverse('data')}#{each.slug}", local.date(), history_address())
