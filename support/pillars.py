"""The three pillars and what each promises, in one sentence."""

from dataclasses import dataclass

from support.models import Pillar
from support.standing import Standing, standings

PROMISES = {
    Pillar.FINANCIAL: "地域の課題を解決する事業の費用を支え、国の交付金の申請を手伝います。",
    Pillar.INFORMATIONAL: "先に取り組んだまちの事例と、国や道の新しい制度を、まちへ届けます。",
    Pillar.HUMAN: "道の職員がまちへ出向き、まちの事業と民間企業とを引き合わせます。",
}


@dataclass(frozen=True)
class PillarShelf:
    """A pillar with what is said of the public programmes under it."""

    pillar: Pillar
    standings: list[Standing]

    @property
    def promise(self):
        return PROMISES[self.pillar]


def pillar_shelves(said=None):
    """The shelves of all pillars; `said` are the standings, where a caller has them already."""
    said = standings() if said is None else said
    return [PillarShelf(pillar, [each for each in said if each.program.pillar == pillar]) for pillar in Pillar]
