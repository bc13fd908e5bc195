"""The files that something still names, and the end of those that nothing does."""

from django.db import transaction
from django.db.models import ForeignKey

from sumairu.models import FileContent, PictureCopy, StoredFile
from sumairu.versions.models import Version


def unnamed():
    """The files to which no row of any model points, and which no version of any record names, with their copies."""
    files = StoredFile.objects.filter(copy_of=None)
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.related_model in (FileContent, PictureCopy):
            continue  # a part of the file itself
        if relation.auto_created and isinstance(getattr(relation, "field", None), ForeignKey):
            column = relation.field.attname
            pointing = relation.related_model._base_manager.exclude(**{column: None})
            files = files.exclude(pk__in=pointing.values(column))
    named = {
        pk for listed in Version.objects.exclude(files=[]).values_list("files", flat=True).iterator() for pk in listed
    }
    found = [file for file in files.order_by("pk") if file.pk not in named]
    return [*found, *StoredFile.objects.filter(copy_of__original__in=found).order_by("pk")]


@transaction.atomic
def purge(dry_run=False):
    """Delete the files that nothing names; which those are. A row that points to one meanwhile stops it all."""
    files = unnamed()
    if not dry_run:
        StoredFile.objects.filter(pk__in=[file.pk for file in files]).delete()
    return files
