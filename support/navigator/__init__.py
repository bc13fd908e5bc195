"""「支援をさがす」: a few questions, and what fits the answers, what nearly does, and why not.

`need` is what somebody has answered, as it stands in the address; `checks` what one answer makes of one programme;
`navigator` what the page shows. What holds of a programme on a day is asked of `standing`, `applicants` and `reach`.
"""

from support.navigator.navigator import Navigator, Place
from support.navigator.need import Need, Question, When

__all__ = ["Navigator", "Need", "Place", "Question", "When"]
