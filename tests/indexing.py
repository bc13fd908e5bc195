"""After whatever is posted the index of the search is as it would be made anew.

What a test itself writes, past every way in, is brought into the index before each post; what is posted the portal must.
"""

from contextlib import contextmanager

import pytest

from sumairu.changes import watching
from sumairu.publishing import cache
from sumairu.search.index import differences, rebuild


@contextmanager
def followed_by_the_index():
    faults = []

    @contextmanager
    def followed():
        rebuild()
        with watching() as changes:
            yield changes
        faults.extend(differences())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "watching", followed)
        yield
    assert not faults, "\n".join(faults)
