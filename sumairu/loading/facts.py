"""The official tables under fixtures/facts/, brought up to date in the database in bulk.

What an administrator mended here and the tables still say otherwise goes back to what the tables say: mend the table.
Facts that no table holds (過疎地域の指定 …) are entered by hand, and their rows are left alone.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from regions.models import CooperationRegion, Fact, MunicipalFact, Municipality, Subprefecture
from sumairu.lib.folding import fold
from sumairu.models import ContentVersion
from sumairu.versions.models import Origin
from sumairu.versions.recording import recording

FOLDER = settings.BASE_DIR / "fixtures" / "facts"
NEWEST = "統計センター SSDSE-A-2026"


@dataclass(frozen=True)
class Outcome:
    """How many rows of a table were new, changed or as they should be."""

    name: str
    new: int
    changed: int
    unchanged: int

    def __str__(self):
        return f"{self.name}：新規 {self.new:,}、変更 {self.changed:,}、変わらず {self.unchanged:,}"


def load_tables():
    """The `Outcome` of each table, in the order in which they lean on each other."""
    with recording(origin=Origin.COMMAND, reference="load_facts") as changes:
        changes.watch_all([CooperationRegion, Subprefecture, Municipality, Fact])
        ContentVersion.moved()
        return [
            update(CooperationRegion, ["slug"], cooperation_regions()),
            update(Subprefecture, ["slug"], subprefectures()),
            update(Municipality, ["code"], municipalities()),
            update(Fact, ["slug"], facts()),
            update(MunicipalFact, ["municipality", "fact", "year"], municipal_facts()),
        ]


def update(model, key, rows):
    """Create or change the rows of `model` so that those under `key`, a unique constraint, are `rows` (dicts)."""
    names = {field.attname: field.name for field in model._meta.concrete_fields}
    keys = [model._meta.get_field(name).attname for name in key]
    values = [attname for attname in rows[0] if attname not in keys]
    stored = {row[: len(keys)]: row[len(keys) :] for row in model.objects.values_list(*keys, *values)}
    found = Counter()
    to_write = []
    for row in rows:
        before = stored.get(tuple(row[name] for name in keys))
        if before == tuple(row[name] for name in values):
            continue
        found["new" if before is None else "changed"] += 1
        to_write.append(model(**row))
    model.objects.bulk_create(
        to_write, update_conflicts=True, unique_fields=key, update_fields=[names[name] for name in values]
    )
    return Outcome(model._meta.verbose_name, found["new"], found["changed"], len(rows) - len(to_write))


def cooperation_regions():
    return [
        {"slug": row["slug"], "name": row["name"], "order": int(row["order"])} for row in table("cooperation_regions")
    ]


def subprefectures():
    regions = dict(CooperationRegion.objects.values_list("slug", "pk"))
    return [
        {name: row[name] for name in ("slug", "name", "short_name", "kind", "seat")}
        | {"order": int(row["order"]), "cooperation_region_id": regions[row["cooperation_region_slug"]]}
        for row in table("subprefectures")
    ]


def municipalities():
    offices = dict(Subprefecture.objects.values_list("slug", "pk"))
    return [
        {name: row[name] for name in ("code5", "name", "kana", "romaji", "kind", "county", "url")}
        | {
            "code": row["code6"],
            "folded_name": fold(row["name"]),
            "folded_kana": fold(row["kana"]),
            "subprefecture_id": offices[row["subprefecture_slug"]],
            "population": int(row["population_2020"]) if row["population_2020"] else None,
            "area_km2": _decimal(row["area_km2"], "0.01"),
            "latitude": _decimal(row["office_lat"], "1e-7"),
            "longitude": _decimal(row["office_lon"], "1e-7"),
            "northern_territory": row["northern_territory"] == "1",
        }
        for row in table("municipalities")
    ]


def facts():
    statistics = [
        {"slug": row["column"], "label": row["label"], "unit": row["unit"], "kind": "number", "source": _source(row)}
        for row in table("municipal_statistics_columns")
    ]
    return [row | {"order": order} for order, row in enumerate([*table("other_facts"), *statistics])]


def municipal_facts():
    """Every year of every statistic; where editions of a data set overlap, the newest one's value."""
    towns = dict(Municipality.objects.values_list("code5", "pk"))
    slugs = dict(Fact.objects.values_list("slug", "pk"))
    columns = {
        row["column"]: (slugs[row["column"]], int(row["year"]), _source(row))
        for row in table("municipal_statistics_columns")
    }
    rows = {}
    for row in table("municipal_statistics_history"):
        key = towns[row["code5"]], slugs[row["column"]], int(row["year"])
        rows[key] = Decimal(row["value"]), f"統計センター SSDSE-A-{row['ssdse_version']}"
    for row in table("municipal_statistics"):
        town = towns[row["code5"]]
        for column, (fact, year, source) in columns.items():
            if row[column]:
                rows[town, fact, year] = Decimal(row[column]), source
    return [
        {"municipality_id": town, "fact_id": fact, "year": year, "value": value, "source": source}
        for (town, fact, year), (value, source) in rows.items()
    ]


def table(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _source(column):
    """A column's `ssdse_code` is that of the data set, or says in full where else it was taken from."""
    code = column["ssdse_code"]
    return f"{NEWEST}（{code}）" if code.isascii() else code


def _decimal(text, step):
    return Decimal(text).quantize(Decimal(step)) if text else None
