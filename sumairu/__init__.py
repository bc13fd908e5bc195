"""住まいる北海道: the platform that the two apps, `regions` and `support`, stand on."""

import os

# openpyxl writes by lxml where that is installed (ebooklib brings it), and then other bytes of the same workbook.
os.environ.setdefault("OPENPYXL_LXML", "False")
