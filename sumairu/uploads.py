"""Where django-import-export keeps a file between its preview and its confirmation."""

from uuid import uuid4

from django.core.cache import caches
from django.http import Http404
from import_export.tmp_storages import BaseStorage

KEPT_FOR = 60 * 60


class SharedStorage(BaseStorage):
    """In the database, which every process on every host has: who previews here may confirm there."""

    def save(self, data):
        self.name = uuid4().hex
        caches["uploads"].set(self.name, data, KEPT_FOR)

    def read(self):
        data = caches["uploads"].get(self.name)
        if data is None:
            raise Http404(
                "アップロードしたファイルの保存期限（1時間）が過ぎています。もう一度アップロードしてください。"
            )
        return data

    def remove(self):
        caches["uploads"].delete(self.name)
