"""The maps of this app's places, with the addresses of their pages."""

from django.conf import settings

from sumairu.lib.maps import hokkaido_map, neighbourhood_map, read_boundaries
from sumairu.lib.maps import towns_map as map_of_towns

FACTS = settings.BASE_DIR / "fixtures" / "facts"


def area_map(subprefectures):
    """All of Hokkaido, each of `subprefectures` a link to its page; None where there is nothing to draw yet."""
    boundaries = read_boundaries(FACTS / "subprefecture_boundaries.topojson")
    drawn = [office for office in subprefectures if office.slug in boundaries.areas]
    if not drawn:
        return None
    view = hokkaido_map(boundaries, tuple((office.slug, office.short_name) for office in drawn))
    return view.linked({office.slug: office.get_absolute_url() for office in drawn})


def near_map(towns):
    """The municipalities `towns`, of one subprefecture, before the land around; those with an office are links.

    None where there is nothing to draw yet.
    """
    boundaries = read_boundaries(FACTS / "municipality_boundaries.topojson")
    drawn = [town for town in towns if town.code5 in boundaries.areas]
    if not drawn:
        return None
    view = neighbourhood_map(boundaries, tuple((town.code5, town.name) for town in drawn))
    return view.linked({town.code5: town.get_absolute_url() for town in drawn if not town.northern_territory})


def office_borders():
    """The outlines of all offices as one path, on the map of the municipalities."""
    boundaries = read_boundaries(FACTS / "subprefecture_boundaries.topojson")
    view = map_of_towns(boundaries, tuple((slug, "") for slug in boundaries.areas))
    return "".join(shape.d + shape.far for shape in view.shapes)


def towns_map(names):
    """All Hokkaido in its municipalities; of each of `names`, in whose order they are drawn, the code and what it is called.

    What is not among them, the villages of the northern territories, is drawn without a name.
    """
    boundaries, called = read_boundaries(FACTS / "municipality_boundaries.topojson"), dict(names)
    return map_of_towns(boundaries, (*called.items(), *((code, "") for code in boundaries.areas if code not in called)))
