"""Atom feeds of which the same entries make the same bytes, whatever an editor pasted."""

from datetime import datetime, time

from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import make_aware

from sumairu.lib.xlsx_cells import legal


class Feed(Atom1Feed):
    """A feed without entries was last changed on the morning of the day `on` which it is asked for, not now."""

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def latest_post_date(self):
        return super().latest_post_date() if self.items else make_aware(datetime.combine(self.on, time()))

    def add_item(self, title, link, description, **kwargs):
        """Without what no XML may hold: Word's own line break, which would break the whole feed."""
        super().add_item(legal(title), link, legal(description), **kwargs)
