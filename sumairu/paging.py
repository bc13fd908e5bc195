"""Long lists in pages, at a cost that does not grow with what there is.

What there is, is counted exactly to `MOST` and then said to be 「1,000件以上」; pages end there as well, since finding the
last of a hundred thousand rows means walking past all others. Whoever wants more narrows the list.
"""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST = 1_000


def count_to_most(rows):
    """How many `rows` there are, counted no further than one beyond `MOST`."""
    return rows.order_by()[: MOST + 1].count()


def count_words(count):
    """「21件」; 「1,000件以上」 where it was not counted to the end."""
    return f"{MOST:,}件以上" if count > MOST else f"{count:,}件"


class KeyPaginator(Paginator):
    """Pages of a queryset that says which rows there are and in what order; `rows` is how those of one page are read.

    A page is found by its keys. Where an index holds what a list is sorted by, no row is read for that; a sort of whole
    rows would carry every text, and what makes a list narrow need not be asked again of twenty rows.
    """

    def __init__(self, found, per_page, rows=None):
        super().__init__(found, per_page)
        self.rows = found if rows is None else rows

    def page(self, number):
        page = super().page(number)
        keys = list(page.object_list.prefetch_related(None).values_list("pk", flat=True))
        rows = {row.pk: row for row in self.rows.filter(pk__in=keys)}
        page.object_list = [rows[key] for key in keys if key in rows]
        return page


class BoundedPaginator(KeyPaginator):
    """Pages of the first `MOST` rows of a queryset."""

    @cached_property
    def _counted(self):
        return count_to_most(self.object_list)

    @cached_property
    def count(self):
        """How many rows the pages show."""
        return min(self._counted, MOST)

    @property
    def has_more(self):
        """Are there rows that no page shows?"""
        return self._counted > MOST

    @property
    def count_words(self):
        return count_words(self._counted)
