"""What an address asks to be compared, and the addresses that ask for one more or one less.

`/compare/?towns=012238,016942`, `?programs=a,b`, `?offices=kushiro,nemuro`; years of one programme
`?program=a&years=2024,2025`, or of one office `?office=kushiro&years=2024,2025`. With `&per=head` figures are divided
by people, with `&only=different` the rows alone that differ.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

FEWEST, MOST = 2, 5
BETWEEN = ","
PER_HEAD, DIFFERENT = "head", "different"


@dataclass(frozen=True)
class Sort:
    """A kind of what can be compared; `param` names those chosen in an address, `of` whose years they are."""

    param: str
    noun: str
    counter: str
    of: str = ""
    is_counted: bool = False  # are there figures that can be divided by people?


TOWNS = Sort("towns", "市町村", "つのまち", is_counted=True)
PROGRAMS = Sort("programs", "支援制度", "つの制度")
OFFICES = Sort("offices", "振興局", "つの振興局", is_counted=True)
YEARS_OF_PROGRAM = Sort("years", "年度", "つの年度", of="program")
YEARS_OF_OFFICE = Sort("years", "年度", "つの年度", of="office")
SORTS = (TOWNS, PROGRAMS, OFFICES, YEARS_OF_PROGRAM, YEARS_OF_OFFICE)


@dataclass(frozen=True)
class Choice:
    sort: Sort
    keys: tuple[str, ...] = ()
    owner: str = ""  # whose years are compared
    per: str = ""
    only: str = ""

    @property
    def parameters(self):
        parameters = {self.sort.of: self.owner} if self.sort.of else {}
        parameters |= {self.sort.param: BETWEEN.join(self.keys), "per": self.per, "only": self.only}
        return {name: value for name, value in parameters.items() if value}

    @property
    def address(self):
        return f"{reverse('compare')}?{urlencode(self.parameters, safe=BETWEEN)}"

    @property
    def is_enough(self):
        return len(self.keys) >= FEWEST

    @property
    def is_full(self):
        return len(self.keys) >= MOST

    def without(self, key):
        return replace(self, keys=tuple(each for each in self.keys if each != key))

    def but(self, **changed):
        return replace(self, **changed)
