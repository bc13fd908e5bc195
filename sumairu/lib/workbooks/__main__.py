"""`python -m sumairu.lib.workbooks < 予算額.xlsx`: the reading process that `child.read_apart` starts."""

import sys

from sumairu.lib.workbooks.child import main

if __name__ == "__main__":
    sys.exit(main())
