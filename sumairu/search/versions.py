"""What of search has versions, and is seen by the public: words that mean the same."""

from sumairu.search.models import Synonym

TRACKED = {Synonym: ()}
SHOWN = [Synonym]
