"""Files beside a record, public when the record is: attachments here, pictures in `sumairu.pictures`."""

from django.db import models
from django.urls import reverse

from sumairu.models import StoredFile


class FileBeside(models.Model):
    """`owner_field` leads to the record, `address_name` is that of the way to its files."""

    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="ファイル", related_name="+")

    owner_field: str
    address_name: str

    class Meta:
        abstract = True

    def get_absolute_url(self):
        return self.address_of(self.file)

    def address_of(self, file):
        return reverse(self.address_name, args=[*self.owner_keys, file.sha256[:12], file.name])

    @property
    def owner_keys(self):
        """What stands for the record in its address."""
        owner = getattr(self, self.owner_field)
        return [getattr(owner, owner.address_fields[-1])]


class Attachment(FileBeside):
    title = models.CharField("見出し", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "添付ファイル"
        ordering = ["pk"]
        abstract = True

    def __str__(self):
        return self.title


def attached_once(owner, name):
    """The constraint that a record, in the field `owner`, has a file but once."""
    return models.UniqueConstraint(
        fields=[owner, "file"], name=name, violation_error_message="同じファイルがすでに添付されています。"
    )
