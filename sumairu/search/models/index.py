"""What a search finds: one row for each row of a kind of thing that the public sees, or is going to see."""

from datetime import date

from django.db import models

# Days of what is public for good.
ALWAYS = (date.min, date.max)


class DocumentQuerySet(models.QuerySet):
    def public(self, on):
        return self.filter(public_from__lte=on, public_until__gte=on)


class Document(models.Model):
    """A row of a kind on the days of one stretch in which it is public, so that midnight changes no row.

    Its key is its place among all that is found: what is real before samples, newer before older, then as kinds and rows
    are numbered. Its words stand in a table that each database has in its own way (`sumairu.search.words`).
    """

    id = models.BigAutoField("順", primary_key=True)
    kind = models.CharField("種類", max_length=20)
    row = models.PositiveBigIntegerField("行の番号")
    title = models.CharField("題名", max_length=200)
    facets = models.TextField("絞り込みの値", blank=True, help_text="「year=2021 office=kushiro」のように並びます。")
    public_from = models.DateField("公開する日")
    public_until = models.DateField("公開の最終日")
    digest = models.CharField("言葉の要約値", max_length=32)
    is_read = models.BooleanField("読みを調べた", default=False, db_index=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "検索の見出し"
        ordering = ["id"]
        indexes = [models.Index(fields=["kind", "row"], name="documents_of_a_row")]

    def __str__(self):
        return self.title

    @property
    def key(self):
        """Which row it shows: its kind's slug and its primary key."""
        return self.kind, self.row

    def is_public(self, on):
        return self.public_from <= on <= self.public_until


class Waiting(models.Model):
    """Rows of a kind whose documents the worker is to write: more were to be written than a request has time for."""

    kind = models.CharField("種類", max_length=20)
    rows = models.JSONField("行の番号")

    class Meta:
        verbose_name = verbose_name_plural = "書き直しを待つ見出し"
        ordering = ["id"]

    def __str__(self):
        return f"{self.kind}：{len(self.rows)}件"
