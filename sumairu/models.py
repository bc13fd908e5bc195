"""What the whole platform keeps: files as rows, so that a backup is one thing; and the number of the newest change."""

from hashlib import sha256

from django.db import models


class StoredFile(models.Model):
    """Bytes that somebody gave us: a workbook, an attachment, a picture. Never changed once stored."""

    name = models.CharField("ファイル名", max_length=255)
    media_type = models.CharField("種類", max_length=100)
    content = models.BinaryField("中身")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("大きさ（バイト）")
    stored_at = models.DateTimeField("保存日時", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "ファイル"

    def __str__(self):
        return self.name

    @classmethod
    def of(cls, name, content, media_type):
        """An unsaved file of these bytes; directories and control characters of `name` are dropped."""
        bare = name.replace("\\", "/").rpartition("/")[2]
        bare = "".join(letter for letter in bare if letter.isprintable()).strip(". ") or "file"
        return cls(
            name=bare[-255:],
            media_type=media_type,
            content=content,
            sha256=sha256(content).hexdigest(),
            size=len(content),
        )


class ContentVersion(models.Model):
    """One row whose number moves with every change of what the portal shows: pages are kept under it."""

    number = models.PositiveBigIntegerField("番号", default=0)

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
        return cls.objects.filter(pk=1).values_list("number", flat=True).first() or 0

    @classmethod
    def moved(cls):
        """Say that something changed. Call it in the transaction of the change, or after it."""
        cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=1).update(number=models.F("number") + 1)
