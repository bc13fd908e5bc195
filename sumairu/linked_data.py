"""What programs are told in the head of a page, as JSON-LD in the words of schema.org.

What a page is about says so itself, in a list of things (`ProgramPage.linked_data`, `sumairu.pages.data_sets`); here is what
they have in common. A page tells nothing here that its readers are not told, and nothing of what is invented.
"""

import json
import re
from html import unescape

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from sumairu.furigana import without_furigana

# A vocabulary, not the address of a context: nobody has to load a file from another host to read it.
CONTEXT = {"@vocab": "https://schema.org/"}
PREFECTURE = {"@type": "GovernmentOrganization", "name": "北海道"}
AREA = {"@type": "AdministrativeArea", "name": "北海道"}
LICENCE_ID = "https://creativecommons.org/licenses/by/4.0/"
# What would end the block, begin a comment in it, or break a line in what older programs read.
ESCAPED = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}

_STEP = re.compile(r'<li><a href="([^"]*)">(.*?)</a></li>|<li aria-current="page">(.*?)</li>', re.DOTALL)


def block(things):
    """The block of a page that tells of `things`; empty where there are none. No browser runs it."""
    if not things:
        return ""
    text = json.dumps({"@context": CONTEXT, "@graph": things}, ensure_ascii=False, separators=(",", ":"))
    told = mark_safe(text.translate(ESCAPED))  # noqa: S308 (what could end the block is escaped)
    return format_html('<script type="application/ld+json">{}</script>\n', told)


def address(path):
    """Where everybody finds a page or a file: without ふりがな."""
    return f"{settings.PUBLIC_ADDRESS}{without_furigana(path)}"


def told(**fields):
    """A thing of these fields without those that are empty; `type` is its `@type`, `id` its `@id`."""
    named = {{"type": "@type", "id": "@id"}.get(name, name): value for name, value in fields.items()}
    return {name: value for name, value in named.items() if value not in (None, "", [], {})}


def breadcrumbs(trail):
    """The trail of a page as its HTML has it (`templates/_trail.html`), as a list of things; none where it has no trail."""
    steps = [(url, name or here) for url, name, here in _STEP.findall(trail)]
    items = [
        told(type="ListItem", position=place, name=_text(name), item=url and address(unescape(url)))
        for place, (url, name) in enumerate(steps, start=1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}] if items else []


def dataset(table, page, files, **more):
    """A described table as a set of data. It is shown on `page`, and each of `files` is an address, a media type and a name."""
    return told(
        type="Dataset",
        id=f"{address(reverse('data'))}#{table.slug}",
        name=table.label,
        description=table.about,
        url=page,
        inLanguage="ja",
        isAccessibleForFree=True,
        license=LICENCE_ID,
        creator=PREFECTURE,
        publisher=PREFECTURE,
        spatialCoverage=AREA,
        distribution=[
            told(type="DataDownload", name=name, contentUrl=address(path), encodingFormat=media_type)
            for path, media_type, name in files
        ],
        variableMeasured=[_variable(part.as_column) for part in table.parts_given],
        **more,
    )


def csv_of(table):
    """Where a described table always stands as CSV."""
    return table.address, "text/csv", "CSV"


def _variable(column):
    """What a column holds; one of which there is nothing to say is its name alone."""
    if not (column.unit or column.about):
        return column.label
    return told(type="PropertyValue", name=column.label, unitText=column.unit, description=column.about)


def _text(html):
    return " ".join(unescape(html).split())
