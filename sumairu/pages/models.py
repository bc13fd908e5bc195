"""Workbooks of whole data sets that are too long to be made while somebody waits: made by the worker, and kept."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import F, Max, Q
from django.utils.timezone import localtime

from sumairu.descriptions import described
from sumairu.imports.models import moment
from sumairu.models import ContentVersion
from sumairu.updates.models import Update

MADE_EVERY = timedelta(hours=1)  # of one set at most
OLDEST = timedelta(hours=26)  # they are made anew each day
KEPT_OF_EACH = 2  # the newest, and the one before it: somebody may still be reading that
PIECE = 1_000_000  # bytes


class PreparedWorkbookQuerySet(models.QuerySet):
    def made(self):
        """Those that are whole, newest first."""
        return self.filter(made_at__isnull=False).order_by("-made_at", "-pk")

    def given(self):
        """Those that anybody may have: whole, with nothing in them of which the public was told since that it has ended.

        What is older than a day is left by a worker that is gone, and then nobody tells what has ended.
        """
        made = self.made().filter(begun_at__gt=moment() - OLDEST)
        ended = dict(
            Update.objects.filter(what=Update.What.ENDED, happened_at__gt=moment() - OLDEST)
            .order_by()
            .values_list("kind")
            .annotate(Max("happened_at"))
        )
        withheld = Q(pk=None)
        for kind, at in ended.items():
            others = [each.slug for each in described() if each.slug != kind]
            withheld |= Q(begun_at__lte=at) & ~Q(slug__in=others)
        return made.exclude(withheld)

    def newest(self):
        """Of each set the newest that is given, by its slug."""
        return {each.slug: each for each in reversed(self.given())}

    def of_now(self):
        """Those of this content: of its version, and of this day, by which things become public and end."""
        today = localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return self.made().filter(version=ContentVersion.current(), begun_at__gte=today)


class PreparedWorkbook(models.Model):
    """A workbook of the set `slug`, of the content `version` and the moment at which it was begun. Until it is whole it has no `made_at`."""

    slug = models.CharField("データ", max_length=120)
    version = models.PositiveBigIntegerField("内容の版")
    begun_at = models.DateTimeField("作り始めた日時")
    made_at = models.DateTimeField("作った日時", null=True)
    size = models.PositiveBigIntegerField("大きさ（バイト）", default=0)

    objects = PreparedWorkbookQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "作ってあるExcel"
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(made_at=None),
                name="one_workbook_of_a_set_at_a_time",
                violation_error_message="このデータのExcelは、いま作っているところです。",
            )
        ]
        indexes = [models.Index(fields=["slug", "-made_at"], name="newest_prepared_workbook")]

    def __str__(self):
        return f"{self.slug}（第{self.version}版）"

    def keep(self, file):
        """Be whole: `file` has all of it. Pages that tell of it are made anew, and it stays that of the version that this begins."""
        with transaction.atomic():
            for number, content in enumerate(iter(lambda: file.read(PIECE), b"")):
                PreparedPiece.objects.create(workbook=self, number=number, content=content)
                self.size += len(content)
            self.made_at = moment()
            self.save(update_fields=["made_at", "size"])
            _tell()
        made = list(PreparedWorkbook.objects.filter(slug=self.slug).made().values_list("pk", flat=True))
        PreparedWorkbook.objects.filter(pk__in=made[KEPT_OF_EACH:]).delete()

    def content(self):
        """Its bytes, piece by piece: no more than one is held."""
        pieces = PreparedPiece.objects.filter(workbook=self)
        for number in range(-(-self.size // PIECE)):
            yield bytes(pieces.values_list("content", flat=True).get(number=number))


class PreparedPiece(models.Model):
    """A megabyte of a workbook."""

    workbook = models.ForeignKey(
        PreparedWorkbook, models.CASCADE, verbose_name="ブック", related_name="pieces", db_index=False
    )
    number = models.PositiveIntegerField("何番目か")
    content = models.BinaryField("中身")

    class Meta:
        verbose_name = verbose_name_plural = "Excelの中身"
        constraints = [
            models.UniqueConstraint(
                fields=["workbook", "number"],
                name="a_piece_of_a_workbook_once",
                violation_error_message="この部分はすでにあります。",
            )
        ]

    def __str__(self):
        return f"{self.workbook_id}の{self.number}"


def _tell():
    """Move the version, and with it the workbooks that were of it: that one of them was made changes none of them."""
    ContentVersion.objects.get_or_create(pk=1)
    number = ContentVersion.objects.select_for_update().get(pk=1).number
    ContentVersion.moved()
    PreparedWorkbook.objects.filter(version=number).update(version=F("version") + 1)
