"""Long lists in pages, at a cost that does not grow with the list.

Rows are counted exactly up to `MOST`; where there are more, a page says 「1,000件以上」. Pages end there as well, because
finding the last of a hundred thousand rows means walking past all the others. Whoever wants more narrows the list.
"""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

MOST = 1_000


def count_to_most(rows):
    """The number of `rows`, counted up to `MOST + 1` and no further."""
    return rows.order_by()[: MOST + 1].count()


def count_words(count):
    """「21件」; 「1,000件以上」 where it was not counted to the end."""
    return f"{MOST:,}件以上" if count > MOST else f"{count:,}件"


class KeyPaginator(Paginator):
    """Pages of the queryset `found`, which decides the rows and their order; `rows` is the queryset that reads one page.

    The primary keys of a page are selected first. An index on the columns of the order answers that without reading a
    row, whereas sorting whole rows would carry every text along. The filters of `found` are then not asked again.
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
