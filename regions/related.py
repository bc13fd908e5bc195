"""What regions have to say on each other's pages: the towns that are most like one."""

from regions.models import Municipality
from regions.similar import SimilarTowns
from sumairu.related import Block

NEAREST = 5


def similar_towns(town, on):
    similar = SimilarTowns()
    nearest = similar.nearest_towns(town, NEAREST)
    if not nearest:
        return None
    return Block(
        title="似たまち",
        note=f"{'、'.join(measure.label for measure in similar.measures)}が近い順です。",
        template="regions/_similar.html",
        context={"town": town, "nearest": nearest},
    )


RELATED = {Municipality: [similar_towns]}
