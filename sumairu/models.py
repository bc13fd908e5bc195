"""What the whole platform keeps: files as rows, so that a backup is one thing; codes once given; the newest change."""

import re
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models import F
from django.utils.timezone import now

from sumairu.lib.keys import FILE_NAME


class StoredFile(models.Model):
    """A file that somebody gave us: a workbook, an attachment, a picture. Never changed once stored.

    Its bytes are a `FileContent`, so that lists of files, and of what points to them, never load them.
    """

    name = models.CharField(
        "ファイル名", max_length=255, validators=[RegexValidator(FILE_NAME, "ファイル名に使えない文字があります。")]
    )
    media_type = models.CharField("種類", max_length=100)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("大きさ（バイト）")
    stored_at = models.DateTimeField("保存日時", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "ファイル"

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Save the bytes of a new file with it."""
        is_new = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if is_new:
                self.stored.save()

    @classmethod
    def of(cls, name, content, media_type):
        """An unsaved file of these bytes; directories and control characters of `name` are dropped."""
        bare = name.replace("\\", "/").rpartition("/")[2]
        bare = "".join(letter for letter in bare if letter.isprintable()).strip(". ") or "file"
        file = cls(name=bare[-255:], media_type=media_type, sha256=sha256(content).hexdigest(), size=len(content))
        FileContent(file=file, content=content)  # and with it `file.stored`
        return file

    @property
    def content(self):
        return bytes(self.stored.content)


class FileContent(models.Model):
    """The bytes of a file."""

    file = models.OneToOneField(
        StoredFile, models.CASCADE, primary_key=True, verbose_name="ファイル", related_name="stored"
    )
    content = models.BinaryField("中身")

    class Meta:
        verbose_name = verbose_name_plural = "ファイルの中身"

    def __str__(self):
        return f"{self.file_id}"


class PictureCopy(models.Model):
    """A picture in a size and kind of file that pages show.

    It belongs to the picture's file: whatever record names that file, today or in a version of it, has the copies.
    """

    original = models.ForeignKey(StoredFile, models.CASCADE, verbose_name="もとの画像", related_name="copies")
    file = models.OneToOneField(StoredFile, models.CASCADE, verbose_name="ファイル", related_name="copy_of")
    width = models.PositiveIntegerField("幅（ドット）")
    height = models.PositiveIntegerField("高さ（ドット）")

    class Meta:
        verbose_name = verbose_name_plural = "大きさの違う画像"
        ordering = ["width", "pk"]

    def __str__(self):
        return f"{self.original_id} {self.width}"


class ContentVersion(models.Model):
    """One row whose number moves with every change of what the portal shows: pages are kept under it."""

    moved_here = 0  # how often this process has moved it: what it knew of the number is old

    number = models.PositiveBigIntegerField("番号", default=0)
    moved_at = models.DateTimeField("進んだ日時", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "内容の版"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="one_content_version", violation_error_message="内容の版は1行だけです。"
            )
        ]

    def __str__(self):
        return f"第{self.number}版"

    @classmethod
    def current(cls):
        return cls.newest()[0]

    @classmethod
    def newest(cls, database=DEFAULT_DB_ALIAS):
        """The number, and when it moved; 0 and None as long as nothing has changed."""
        rows = cls.objects.using(database).filter(pk=1)
        return rows.values_list("number", "moved_at").first() or (0, None)

    @classmethod
    def moved(cls):
        """Say that something public changed. Call it in the transaction of the change, or after it."""
        cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=1).update(number=F("number") + 1, moved_at=now())
        cls._count_move()
        transaction.on_commit(cls._count_move)

    @classmethod
    def _count_move(cls):
        ContentVersion.moved_here += 1


class UsedCode(models.Model):
    """A code or URL name that some record has, or had: no address ever leads to another thing than it once did.

    A sample gives its codes up to samples alone.
    """

    kind = models.CharField("種類", max_length=60)  # as in "regions.initiative"
    code = models.CharField("コード", max_length=100)
    record_id = models.PositiveBigIntegerField(
        "記録の番号"
    )  # stays when the record is gone; keys are never given twice
    is_sample = models.BooleanField("見本", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "使ったコード"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                name="one_record_for_a_code",
                violation_error_message="このコードは、ほかの記録に使われています。",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.code}"

    @classmethod
    def refuse_taken(cls, record, field):
        """For `clean`: the code in `field` of `record` is no other record's, and never was."""
        code = getattr(record, field)
        if not code.isprintable():
            return  # no key at all, as the field itself says; PostgreSQL is not asked for a NUL
        used = cls.objects.filter(kind=record._meta.label_lower, code=code).first()
        if used and not used._is_for(record):
            label = record._meta.get_field(field).verbose_name
            message = f"{label}「{code}」は、いまある記録か、前にあった記録に使われています。別のものにしてください。"
            raise ValidationError({field: message})

    @classmethod
    def keep(cls, record, field):
        """For `save`, in its transaction: note that `record` has the code in `field`."""
        fields = {"record_id": record.pk, "is_sample": getattr(record, "is_sample", False)}
        used, is_new = cls.objects.get_or_create(
            kind=record._meta.label_lower, code=getattr(record, field), defaults=fields
        )
        if not is_new and not used._is_for(record):
            cls.refuse_taken(record, field)
        if (used.record_id, used.is_sample) != tuple(fields.values()):
            cls.objects.filter(pk=used.pk).update(**fields)

    def _is_for(self, record):
        return self.record_id == record.pk or (self.is_sample and getattr(record, "is_sample", False))


class CodeCounter(models.Model):
    """The last number given after a stem, as 4 after `kushiro-2021-`. It only grows: a deleted record's is not given again."""

    stem = models.CharField("はじめの部分", max_length=60, unique=True)
    last = models.PositiveIntegerField("最後の番号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "コードの番号"

    def __str__(self):
        return f"{self.stem}{self.last}"

    @classmethod
    def promise(cls, record, field, stem):
        """For `clean`: give `record` the code that it would take now, so that the rules about codes can be asked of it."""
        record._promised_code = cls.next(stem)
        setattr(record, field, record._promised_code)

    @classmethod
    def give(cls, record, field, stem):
        """For `save`, in its transaction: a record without a code, or with a promised one, takes the next, which may be a later one."""
        if getattr(record, field) in ("", getattr(record, "_promised_code", None)):
            setattr(record, field, cls.take(stem))
            record._promised_code = None
        elif record._state.adding:
            cls.reached(getattr(record, field))

    @classmethod
    def next(cls, stem):
        """The code that would be taken now; somebody else may be quicker."""
        last = cls.objects.filter(stem=stem).values_list("last", flat=True).first() or 0
        return f"{stem}{last + 1}"

    @classmethod
    def take(cls, stem):
        """The next code, which nobody else gets: the row stays locked until the transaction ends."""
        with transaction.atomic():
            cls.objects.get_or_create(stem=stem)
            cls.objects.filter(stem=stem).update(last=F("last") + 1)
            return str(cls.objects.get(stem=stem))

    @classmethod
    def reached(cls, code):
        """Note that the number at the end of `code` was given by hand."""
        if numbered := re.fullmatch(r"(.*-)([0-9]{1,9})", code):
            stem, number = numbered[1], int(numbered[2])
            cls.objects.get_or_create(stem=stem)
            cls.objects.filter(stem=stem, last__lt=number).update(last=number)
