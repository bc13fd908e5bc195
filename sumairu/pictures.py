"""Pictures beside a record: what they show in words, whose they are, what others may do with them, and how pages show them.

A record's pictures are rows of a model of its own on `Picture`, public when the record is. `{% include "_picture.html" %}`
shows one, of those that `with_copies` read.
"""

from collections import defaultdict
from pathlib import PurePath

from django.apps import apps
from django.db import models, transaction

from sumairu.attachments import FileBeside
from sumairu.fields import https_only
from sumairu.lib.pictures import Unfit, copy_name, is_picture, taken
from sumairu.models import PictureCopy, StoredFile

USUAL_WIDTH = 960  # of the copy that a browser shows which cannot choose


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC0 = "cc0-1.0", "CC0 1.0"
    PERMITTED = "permitted", "許諾を得て掲載（転載できません）"


class PictureQuerySet(models.QuerySet):
    def with_copies(self):
        """With all that a page shows of them: two queries, however many pictures."""
        copies = PictureCopy.objects.select_related("file")
        return self.select_related("file").prefetch_related(models.Prefetch("file__copies", copies))


class Picture(FileBeside):
    """`file` stands upright and has been stripped of all that a camera writes beside it; `width` and `height` are its dots."""

    width = models.PositiveIntegerField("幅（ドット）", editable=False)
    height = models.PositiveIntegerField("高さ（ドット）", editable=False)
    alt = models.CharField(
        "代わりの文",
        max_length=200,
        help_text="写真が見えない人に、何が写っているかを伝える文。例：畑のそばで苗を手に話す人たち。",
    )
    caption = models.CharField("説明", max_length=120, blank=True, help_text="写真の下に出ます。")
    credit = models.CharField(
        "撮影・提供", max_length=120, help_text="だれの写真か。写っている人と写した人の許しを確かめます。"
    )
    source_url = models.URLField(
        "もとのページ", blank=True, validators=[https_only], help_text="ほかのサイトの写真なら、そのページのアドレス。"
    )
    licence = models.CharField("利用の条件", max_length=10, choices=Licence, default=Licence.PERMITTED)
    order = models.PositiveSmallIntegerField("順序", default=0)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "写真"
        ordering = ["order", "pk"]
        abstract = True

    def __str__(self):
        return self.alt

    @property
    def sources(self):
        """For `<source>`: of each kind of file its copies as a `srcset`; WebP first, which is smaller. Empty without copies."""
        found = defaultdict(list)
        for copy in self.file.copies.all():
            found[copy.file.media_type].append(f"{self.address_of(copy.file)} {copy.width}w")
        return [(kind, ", ".join(found[kind])) for kind in sorted(found, reverse=True)]

    @property
    def shown(self):
        """The address for a browser that cannot choose: of a JPEG of the usual width; without copies of the picture itself."""
        copies = [copy for copy in self.file.copies.all() if copy.file.media_type == "image/jpeg"]
        fit = [copy for copy in copies if copy.width <= USUAL_WIDTH] or copies
        return self.address_of(max(fit, key=lambda copy: copy.width).file) if fit else self.get_absolute_url()


def one_of_a_file(owner, name):
    return models.UniqueConstraint(
        fields=[owner, "file"], name=name, violation_error_message="同じ写真がすでにあります。"
    )


def told_and_credited(name):
    return models.CheckConstraint(
        condition=~models.Q(alt="") & ~models.Q(credit=""),
        name=name,
        violation_error_message="代わりの文と、撮影・提供を入れてください。",
    )


@transaction.atomic
def keep_copies(file, copies):
    """Keep the `copies` (of `sumairu.lib.pictures`) of a stored picture."""
    for copy in copies:
        stored = StoredFile.of(copy_name(file.name, copy), copy.content, copy.media_type)
        stored.save()
        PictureCopy.objects.create(original=file, file=stored, width=copy.width, height=copy.height)


def store_picture(name, content, media_type):
    """A picture that is stored with its copies, and its width and height. Raises `Unfit`."""
    picture = taken(_extension(name), content)
    file = StoredFile.of(name, picture.content, media_type)
    file.save()
    keep_copies(file, picture.copies)
    return file, picture.width, picture.height


def without_copies():
    """The files of pictures that came before there were copies."""
    models_with = [model for model in apps.get_models() if issubclass(model, Picture)]
    named = [models.Q(pk__in=model._base_manager.values("file")) for model in models_with]
    rows = StoredFile.objects.filter(copies=None, media_type__startswith="image/")
    return rows.filter(models.Q.create(named, connector=models.Q.OR)).order_by("pk")


def make_copies():
    """Make the copies that are missing, one picture after another; pairs of a file and why it has none, "" where it has."""
    for file in without_copies():
        extension = _extension(file.name)
        if is_picture(extension):
            try:
                keep_copies(file, taken(extension, file.content).copies)
                yield file, ""
            except Unfit as error:
                yield file, str(error)


def _extension(name):
    return PurePath(name).suffix.lower().removeprefix(".")
