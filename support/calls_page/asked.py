"""To which calls a page, a calendar or a feed is narrowed, as its address says."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.http import urlencode

from regions.models import Municipality
from support.applicants import Who
from support.models import Pillar

WITHIN = (7, 14, 30, 90)  # days left that one may ask for


@dataclass(frozen=True)
class Asked:
    """To which calls a page, a calendar or a feed is narrowed."""

    town: Municipality | None = None
    pillar: Pillar | None = None
    applicant: Who | None = None
    within: int | None = None  # days left, of those that are open
    on: str = ""  # another day than today, as it stands in addresses

    @property
    def parameters(self):
        told = {
            "town": self.town and self.town.code,
            "pillar": self.pillar and self.pillar.value,
            "applicant": self.applicant and self.applicant.value,
            "within": self.within,
            "on": self.on,
        }
        return {name: value for name, value in told.items() if value}

    @property
    def query(self):
        return f"?{urlencode(self.parameters)}" if self.parameters else ""

    @property
    def words(self):
        """In a line: 「釧路市、財政的支援、市町村、締切まで30日以内」; empty where all are asked for."""
        within = f"締切まで{self.within}日以内" if self.within else ""
        told = [
            str(self.town or ""),
            self.pillar and self.pillar.label,
            self.applicant and self.applicant.label,
            within,
        ]
        return "、".join(filter(None, told))

    def narrowed(self, windows, on):
        """Of `windows` (those that speak) those that are asked for; those whose rules exclude the town are not among them."""
        if self.pillar:
            windows = windows.filter(edition__program__pillar=self.pillar)
        if self.applicant:
            windows = windows.open_to(self.applicant)
        if self.within is not None:
            windows = windows.closing_within(timedelta(days=self.within), on)
        return windows.holding_in(self.town.subprefecture) if self.town else windows
