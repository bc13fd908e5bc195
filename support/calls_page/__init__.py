"""What the pages of calls show: the calls of all programmes, narrowed to what is asked for, as they stand on a day.

Rows are found and counted in the database, by the same rules as those of `Call` and `ProgramEdition.windows_for`
(`ApplicationWindowQuerySet`); how many programmes there are does not matter to a page.
"""

from support.calls_page.asked import WITHIN, Asked
from support.calls_page.pages import CallsPage, MonthPage

__all__ = ["WITHIN", "Asked", "CallsPage", "MonthPage"]
