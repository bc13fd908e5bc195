"""By what the records of a set can be narrowed, and how long lists are read page by page.

A page goes on after the key of the last row of the one before, which no row that comes or goes in between shifts.
"""

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q

from sumairu.descriptions import Kind
from sumairu.search.finding import with_words

# What a parameter may lead to from a row, in the order in which it is looked for; the first that the model has counts.
LOOKUPS = {
    "year": ("fiscal_year", "edition__fiscal_year"),
    "office": ("subprefecture__slug", "municipality__subprefecture__slug"),
    "town": ("municipalities__code", "municipality__code"),
    "theme": ("themes__slug", "program__themes__slug"),
    "pillar": ("program__pillar", "edition__program__pillar"),
    "program": ("program__slug", "edition__program__slug"),
    "indicator": ("indicator__slug",),
}
MEANINGS = {
    "year": "年度（西暦）。2021は令和3年度",
    "office": "振興局のURL名",
    "town": "全国地方公共団体コード（6桁）",
    "theme": "分野のURL名",
    "pillar": "支援の柱（financial、informational、human）",
    "program": "制度番号",
    "indicator": "指標のURL名",
    "q": "言葉。空白で区切ると、すべてを含むもの",
}
CURSOR = r"^r[0-9]{1,18}\Z"  # all that it matches can be asked
A_PAGE, MOST = 100, 500
PAGING = {"cursor": "前の答えの next にあるもの", "limit": f"1ページの件数。1から{MOST}まで"}


def parameters_of(table):
    """The names of what narrows a set."""
    return [*lookups_of(table), *(["q"] if isinstance(table, Kind) else [])]


def lookups_of(table):
    """Of each parameter that the set can be narrowed by, the lookup."""
    model = table.public().model
    found = {name: next((path for path in paths if _leads(model, path)), None) for name, paths in LOOKUPS.items()}
    return {name: path for name, path in found.items() if path}


def _leads(model, path):
    """Whether there is a field at the end of `path`."""
    *relations, name = path.split("__")
    try:
        for relation in relations:
            model = model._meta.get_field(relation).related_model
        model._meta.get_field(name)
    except (FieldDoesNotExist, AttributeError):
        return False
    return True


def narrowed(table, lookups, asked):
    """The public rows that `asked`, a value by parameter, leaves; rows that several things are joined to come once."""
    rows = table.public()
    for name, value in asked.items():
        if name == "q":
            rows = with_words(table, rows, value) if isinstance(table, Kind) else rows
        elif value is not None:
            named = rows.model._base_manager.filter(Q(**{lookups[name]: value})).values("pk")
            rows = rows.filter(pk__in=named)
    return rows.order_by("pk")


def page(rows, cursor, limit):
    """The rows of a page, and the cursor of the next, None on the last."""
    found = list((rows.filter(pk__gt=key_in(cursor)) if cursor else rows)[: limit + 1])
    return found[:limit], cursor_of(found[limit - 1]) if len(found) > limit else None


def cursor_of(row):
    return f"r{row.pk}"


def key_in(cursor):
    return int(cursor.removeprefix("r"))
