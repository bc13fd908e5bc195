"""`/api/v1/`: each set as records with a cursor, each thing that has a page by its official code, and the OpenAPI of all."""

from typing import Annotated, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate
from ninja import Field, NinjaAPI, Path, Query, Schema
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer
from pydantic import create_model

from sumairu.descriptions import Kind, tables
from sumairu.lib.shown import LICENCE
from sumairu.lib.shown.files import plain_value
from sumairu.lib.wareki import FIRST, LAST
from sumairu.pages.api.narrowing import CURSOR, lookups_of, narrowed, page
from sumairu.pages.api.schemas import Problem, SetInfo, page_of, record_of
from sumairu.pages.data_sets import data_sets

A_PAGE, MOST = 100, 500
LONGEST = 100  # characters of a word that is searched for
WITHOUT_NUL = r"^[^\x00]*$"  # which no page of the portal takes, and PostgreSQL has no place for
# The field by which a thing with a page is known outside, and how it is spelled.
KEYS = {
    "offices": ("slug", "振興局のURL名（kushiroなど）"),
    "municipalities": ("code", "全国地方公共団体コード（検査数字を含む6桁）"),
    "initiatives": ("code", "取組コード"),
    "indicators": ("slug", "指標のURL名"),
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


class _Words(JSONRenderer):
    """Japanese as it is written, not as escapes."""

    json_dumps_params: ClassVar = {"ensure_ascii": False}


PAGING = {"cursor": "前の答えの next にあるもの", "limit": f"1ページの件数。1から{MOST}まで"}

api = NinjaAPI(
    renderer=_Words(),
    title="住まいる北海道 API",
    version="1",
    description="北海道の支援制度、取組、数値のうち、いま公開しているものをJSONで返します。読み取り専用で、登録も鍵も要りません。",
    docs_url=None,  # the page of documentation is ours: what ninja brings loads scripts from other hosts
    urls_namespace="api",
)


@api.exception_handler(ValidationError)
def _refused(request, error):
    """What was asked cannot be read: where and why, in words."""
    names = sorted({str(each["loc"][-1]) for each in error.errors})
    said = "、".join(f"「{name}」（{(MEANINGS | PAGING).get(name, '書き方')}）" for name in names)
    return api.create_response(request, {"detail": f"{said}を読み取れません。"}, status=422)


@api.exception_handler(Http404)
def _not_found(request, error):
    return api.create_response(request, {"detail": "そのコードのものは、いま公開していません。"}, status=404)


@api.get("sets", response=list[SetInfo], url_name="sets", summary="データの一覧", tags=["データ"])
def sets(request):
    return [
        {
            "slug": each.slug,
            "title": each.table.label,
            "about": each.table.about,
            "updated_on": each.updated_on,
            "records": _absolute("api:records", each.slug) if each.slug in tables() else _figures_address(each),
            "columns": f"{settings.PUBLIC_ADDRESS}{each.package_path}",
        }
        for each in data_sets()
    ]


def _figures_address(each):
    slug = each.slug.removeprefix("figures-")
    return f"{_absolute('api:records', 'indicator-figures')}?{urlencode({'indicator': slug})}"


def _absolute(name, slug):
    return f"{settings.PUBLIC_ADDRESS}{reverse(name.replace('records', f'records-{slug}'))}"


def parameters_of(table):
    """The names of what narrows a set."""
    return [*lookups_of(table), *(["q"] if isinstance(table, Kind) else [])]


def _asking(table, lookups):
    """The schema of the query of a set: what narrows it, and the page of it."""
    word = Annotated[str, Field(max_length=LONGEST, pattern=WITHOUT_NUL)]
    year = Annotated[int, Field(ge=FIRST, le=LAST)]
    fields = {
        name: ((year if name == "year" else word) | None, Field(None, description=MEANINGS[name])) for name in lookups
    }
    if isinstance(table, Kind):
        fields["q"] = (word | None, Field(None, description=MEANINGS["q"]))
    fields["cursor"] = (
        Annotated[str, Field(pattern=CURSOR)] | None,
        Field(None, description=PAGING["cursor"]),
    )
    fields["limit"] = (Annotated[int, Field(ge=1, le=MOST)], Field(A_PAGE, description=PAGING["limit"]))
    return create_model(f"{table.slug.title().replace('-', '')}Query", __base__=Schema, **fields)


def _record(parts, row):
    return {part.name: plain_value(part.cell(row)) for part in parts}


def _give_records(table):
    lookups, record = lookups_of(table), record_of(table)
    asking, parts = _asking(table, lookups), table.parts_given

    def records(request, asked: Query[asking]):
        told = asked.dict(exclude_none=True)
        cursor, limit = told.pop("cursor", None), told.pop("limit")
        rows, following = page(narrowed(table, lookups, told), cursor, limit)
        query = urlencode(told | {"limit": limit, "cursor": following})
        address = _absolute("api:records", table.slug)
        return {
            "title": table.label,
            "licence": LICENCE,
            "citation": table.shown().shown_at(address, localdate()).citation,
            "records": [_record(parts, row) for row in rows],
            "next": f"{address}?{query}" if following else None,
        }

    api.get(
        table.slug,
        response={200: page_of(table, record), 422: Problem},
        url_name=f"records-{table.slug}",
        operation_id=f"list_{table.slug.replace('-', '_')}",
        summary=table.label,
        description=table.about,
        tags=["一覧"],
    )(records)
    if table.slug in KEYS:
        _give_one(table, record, *KEYS[table.slug])


def _give_one(kind, record, name, meaning):
    parts = kind.parts_given

    def one(request, key: Annotated[str, Path(description=meaning, max_length=LONGEST, pattern=WITHOUT_NUL)]):
        row = kind.public().filter(**{name: key}).first()
        if row is None:
            raise Http404
        return _record(parts, row)

    api.get(
        f"{kind.slug}/{{key}}",
        response={200: record, 404: Problem, 422: Problem},
        url_name=f"record-{kind.slug}",
        operation_id=f"get_{kind.slug}",
        summary=f"{kind.label}の1件",
        tags=["1件"],
    )(one)


for _table in tables().values():
    _give_records(_table)


def api_urls():
    """The addresses of the API, each a public view that is kept as pages are: it says what it reads of a query."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        slug = str(pattern.name).removeprefix("records-")
        known = {*MEANINGS, "cursor", "limit"} if slug in tables() else set()
        pattern.callback.asks = frozenset(known)
    return patterns, app, namespace
