"""All that can be downloaded, set by set: its files, what is told of it to programs, and the catalogue of all.

A set is described for Frictionless (`datapackage`) and, with all others, for catalogues that harvest (`catalogue`, DCAT in JSON-LD).
"""

from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Max
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localtime

from regions.descriptions import figures_of
from regions.models import Indicator
from sumairu.descriptions import Table, tables
from sumairu.downloads.taking import history_address
from sumairu.lib.shown import LICENCE, LICENCE_URL, PUBLISHER
from sumairu.lib.shown.files import FORMATS
from sumairu.lib.written_workbook import MOST_ROWS
from sumairu.linked_data import LICENCE_ID, PREFECTURE, address, dataset, told
from sumairu.pages import column_history

LICENCE_NAME = "CC-BY-4.0"
TITLE = "住まいる北海道のデータ"
ABOUT = "北海道と179市町村の地域創生の支援制度、取組、数値のデータです。"
FIELD_TYPES = {"text": "string", "integer": "integer", "number": "number", "date": "date", "year": "integer"}
METHOD = "公開している登録内容を、受け取るときに書き出したものです。"
OF_SOURCES = "数値は、出どころの資料の値を、この表の単位にそろえたものです。"
MEDIA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True)
class File:
    """A set in one format, at an address of its own."""

    says: str
    path: str
    content_type: str

    @property
    def url(self):
        return f"{settings.PUBLIC_ADDRESS}{self.path}"

    @property
    def media_type(self):
        return self.content_type.partition(";")[0]


@dataclass(frozen=True)
class DataSet:
    table: Table

    @property
    def slug(self):
        return self.table.slug

    @property
    def files(self):
        """In the order in which they are offered; the first CSV stands where it always stood."""
        args = [self.slug]
        paths = {
            "xlsx": reverse("data_xlsx", args=args),
            "csv": self.table.address,
            "csv-plain": reverse("data_csv_plain", args=args),
            "json": reverse("data_json", args=args),
        }
        return [File(FORMATS[slug].says, path, FORMATS[slug].content_type) for slug, path in paths.items()]

    def shown(self):
        """The table with how it is made, when it changed last, and what of its columns changed: what its files tell of it."""
        table = self.table.shown()
        of_sources = any(column.name == "source_kind" for column in table.columns)
        return replace(
            table,
            method=METHOD + OF_SOURCES * of_sources,
            updated=lambda: self.updated_on,
            changes=column_history.changes(self.slug, table.columns),
        )

    @property
    def is_long(self):
        """Is its workbook too long to be made while somebody waits?"""
        return self.table.shown().is_long

    @property
    def is_beyond_excel(self):
        return self.table.shown().count(MOST_ROWS) == MOST_ROWS  # of the rows of a sheet one is the header

    @property
    def package_path(self):
        return reverse("data_package", args=[self.slug])

    @cached_property
    def updated_on(self):
        """The day on which a row of it last changed; None where rows do not tell."""
        rows = self.table.public()
        try:
            rows.model._meta.get_field("updated_at")
        except FieldDoesNotExist:
            return None
        newest = rows.order_by().aggregate(newest=Max("updated_at"))["newest"]
        return localtime(newest).date() if newest else None

    @property
    def package(self):
        """What `datapackage.json` holds: the file without a byte order mark, and of each column its type."""
        shown = self.shown()
        package = {
            "profile": "tabular-data-package",
            "name": self.slug,
            "title": self.table.label,
            "description": self.table.about,
            "homepage": f"{settings.PUBLIC_ADDRESS}{reverse('data')}",
            "licenses": [{"name": LICENCE_NAME, "title": LICENCE, "path": LICENCE_URL}],
            "contributors": [{"title": PUBLISHER, "role": "publisher"}],
            "sources": [{"title": source} for source in shown.all_sources],
            "method": shown.method,
            "history": history_address(),
            "changes": list(shown.changes),
            "resources": [
                {
                    "profile": "tabular-data-resource",
                    "name": self.slug,
                    "title": self.table.label,
                    "path": f"{settings.PUBLIC_ADDRESS}{reverse('data_csv_plain', args=[self.slug])}",
                    "format": "csv",
                    "mediatype": "text/csv",
                    "encoding": "utf-8",
                    "schema": {"fields": list(map(_field, shown.columns)), "missingValues": [""]},
                }
            ],
        }
        package = {name: told for name, told in package.items() if told != []}
        return package | ({"updated": self.updated_on.isoformat()} if self.updated_on else {})

    @property
    def as_dcat(self):
        about = f"{settings.PUBLIC_ADDRESS}{reverse('data')}#{self.slug}"
        told = {
            "@id": about,
            "@type": "dcat:Dataset",
            "dct:identifier": self.slug,
            "dct:title": {"@language": "ja", "@value": self.table.label},
            "dct:description": {"@language": "ja", "@value": self.table.about},
            "dct:license": {"@id": LICENCE_ID},
            "dct:publisher": _publisher(),
            "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/JPN"},
            "dcat:landingPage": {"@id": f"{settings.PUBLIC_ADDRESS}{reverse('data')}"},
            "dcat:distribution": [
                {
                    "@id": file.url,
                    "@type": "dcat:Distribution",
                    "dct:title": {"@language": "ja", "@value": f"{self.table.label}（{file.says}）"},
                    "dcat:accessURL": {"@id": file.url},
                    "dcat:downloadURL": {"@id": file.url},
                    "dcat:mediaType": {"@id": f"{MEDIA}{file.media_type}"},
                    "dct:license": {"@id": LICENCE_ID},
                }
                for file in self.files
            ],
        }
        if self.updated_on:
            told["dct:modified"] = {"@type": "xsd:date", "@value": self.updated_on.isoformat()}
        return told

    @property
    def linked_data(self):
        files = [(file.path, file.media_type, file.says) for file in self.files]
        modified = self.updated_on.isoformat() if self.updated_on else ""
        return dataset(self.table, f"{address(reverse('data'))}#{self.slug}", files, dateModified=modified)


def data_sets():
    """All that anybody may download: what is described, then the figures of each indicator."""
    return list(map(DataSet, [*tables().values(), *map(figures_of, Indicator.objects.with_figures())]))


def data_set(slug):
    """The set of that name; raises `Http404`."""
    if slug in (known := tables()):
        return DataSet(known[slug])
    for indicator in Indicator.objects.with_figures().filter(slug=slug.removeprefix("figures-")):
        if (found := figures_of(indicator)).slug == slug:
            return DataSet(found)
    raise Http404


def catalogue():
    """All sets as a catalogue of DCAT, in JSON-LD that needs no other file to be read."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": f"{settings.PUBLIC_ADDRESS}{reverse('data_catalogue')}",
        "@type": "dcat:Catalog",
        "dct:title": {"@language": "ja", "@value": TITLE},
        "dct:description": {"@language": "ja", "@value": ABOUT},
        "dct:publisher": _publisher(),
        "dct:license": {"@id": LICENCE_ID},
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/JPN"},
        "foaf:homepage": {"@id": f"{settings.PUBLIC_ADDRESS}/"},
        "dcat:dataset": [each.as_dcat for each in data_sets()],
    }


def linked_data(sets):
    """What the page of these sets tells programs."""
    page = address(reverse("data"))
    catalog = told(
        type="DataCatalog",
        id=page,
        name=TITLE,
        description=ABOUT,
        url=page,
        inLanguage="ja",
        license=LICENCE_ID,
        publisher=PREFECTURE,
        dataset=[each.linked_data for each in sets],
    )
    return [catalog]


def _publisher():
    return {
        "@id": f"{settings.PUBLIC_ADDRESS}{reverse('about')}#publisher",
        "@type": "foaf:Agent",
        "foaf:name": {"@language": "ja", "@value": PUBLISHER},
    }


def _field(column):
    """A column for Table Schema: its name is the title in the file, `physicalName` the one for programs."""
    told = {"name": column.title, "type": FIELD_TYPES[column.type], "physicalName": column.name}
    if column.unit:
        told["unit"] = column.unit
    if column.about:
        told["description"] = column.about
    if column.codes:
        told["codes"] = column.codes
    if column.choices:
        told["constraints"] = {"enum": list(column.choices)}
    return told
