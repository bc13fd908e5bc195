"""下書き → 確認待ち → 公開 → 公開終了, what a change of it does to the public pages, and the cache of those."""

from sumairu.publishing.rehearsal import effects

__all__ = ["effects"]
