from django.db import models


class LoadedContent(models.Model):
    """What `load_facts` has once created. It neither overwrites this nor brings it back after somebody removed it."""

    key = models.CharField("見出し", max_length=120, unique=True)
    loaded_at = models.DateTimeField("読み込んだ日時", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "読み込み済みの内容"
        db_table = "pages_loadedcontent"  # which it had when loaders were among the pages

    def __str__(self):
        return self.key
