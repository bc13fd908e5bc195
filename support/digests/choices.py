"""What somebody wants to be told: of one place, under which pillars, of which kinds of things."""

from dataclasses import dataclass

from regions.models import Municipality, Subprefecture
from sumairu.descriptions import described
from support.models import Pillar, ProgramEdition

DEADLINES = "deadlines"  # the kind that is no kind of thing: what ends soon


def kinds_told():
    """What one may be told of: its key and its label, what towns apply for first."""
    kinds = sorted(described(), key=lambda kind: kind.model is not ProgramEdition)
    return {DEADLINES: "募集の締切"} | {kind.slug: f"{kind.label}の更新" for kind in kinds}


@dataclass(frozen=True)
class Choice:
    """Of a town or of an office. Nothing named means all there is, and all that will be added."""

    town: Municipality | None = None
    office: Subprefecture | None = None
    pillars: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def place(self):
        return self.town or self.office

    @property
    def page(self):
        return self.place.get_absolute_url()

    @property
    def place_words(self):
        return str(self.town) if self.town else f"{self.office}管内"

    @property
    def words(self):
        pillars = "、".join(Pillar(pillar).label for pillar in self.pillars) or "すべての支援の柱"
        told = kinds_told()
        kinds = "、".join(told[kind] for kind in self.kinds if kind in told) or "締切とすべての更新"
        return f"{self.place_words}｜{pillars}｜{kinds}"

    def wants_deadlines(self):
        return not self.kinds or DEADLINES in self.kinds

    def wants(self, update, facets):
        """Is this update of a chosen kind, and under a chosen pillar where it is under any?"""
        if self.kinds and update.kind not in self.kinds:
            return False
        under = {facet.partition("=")[2] for facet in facets if facet.startswith("pillar=")}
        return not (self.pillars and under) or not under.isdisjoint(self.pillars)

    def as_json(self):
        return {
            "town": self.town and self.town.code,
            "office": self.office and self.office.slug,
            "pillars": list(self.pillars),
            "kinds": list(self.kinds),
        }

    @classmethod
    def from_json(cls, told):
        """None where the place is no more."""
        towns = Municipality.objects.select_related("subprefecture")
        town = towns.filter(code=told["town"]).first() if told["town"] else None
        office = Subprefecture.objects.filter(slug=told["office"]).first() if told["office"] else None
        return cls(town, office, tuple(told["pillars"]), tuple(told["kinds"])) if town or office else None
