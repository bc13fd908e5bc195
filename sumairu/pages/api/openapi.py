"""The OpenAPI of the API as its code gives it. `make openapi` writes it down, so that no worker holds what makes it."""

import json
from typing import NamedTuple

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import patched_settings
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from sumairu.pages.api.endpoints import OPENAPI, OneRecord, Records
from sumairu.pages.api.serializers import Gone, Problem, Word

WITHOUT_NUL = r"^[^\x00]*$"
ABOUT_ALL = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "住まいる北海道 API",
    "VERSION": "1",
    "DESCRIPTION": "北海道の支援制度、取組、数値のうち、いま公開しているものをJSONで返します。読み取り専用で、登録も鍵も要りません。",
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
}
CODES = {200: "公開しているもの", 404: "いま公開していないもの", 410: "公開を終了したもの", 422: "読み取れない値"}


class Told(NamedTuple):
    """What is said of an address to people who write programs."""

    operation_id: str
    summary: str
    tag: str
    about: str = ""
    problems: tuple[int, ...] = ()


def told(view):
    table = view.table
    match view:
        case Records():
            return Told(f"list_{table.slug.replace('-', '_')}", table.label, "一覧", table.about, (422,))
        case OneRecord():
            problems = (404, 410, 422) if table.every else (404, 422)
            return Told(f"get_{table.slug}", f"{table.label}の1件", "1件", problems=problems)
    return Told("list_sets", "データの一覧", "データ")


class Schema(AutoSchema):
    def get_operation_id(self):
        return told(self.view).operation_id

    def get_summary(self):
        return told(self.view).summary

    def get_description(self):
        return told(self.view).about

    def get_tags(self):
        return [told(self.view).tag]

    def get_override_parameters(self):
        if not isinstance(self.view, OneRecord):
            return [self.view.asking] if self.view.asking else []
        key = self._map_serializer(self.view.asking, "request")["properties"]["key"]
        return [OpenApiParameter("key", key, OpenApiParameter.PATH, description=key.pop("description"))]

    def get_response_serializers(self):
        answering = self.view.answering
        answers = {200: answering if self.view.table else answering(many=True)}
        answers |= {code: Gone if code == 410 else Problem for code in told(self.view).problems}
        return {code: OpenApiResponse(each, CODES[code]) for code, each in answers.items()}

    def _insert_field_validators(self, field, schema):
        super()._insert_field_validators(field, schema)
        if isinstance(field, Word):
            schema["pattern"] = WITHOUT_NUL


class Generator(SchemaGenerator):
    def create_view(self, callback, method, request=None):
        view = super().create_view(callback, method, request)
        view.schema = Schema()
        return view


def openapi():
    with patched_settings(ABOUT_ALL):
        schema = Generator().get_schema(public=True)
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write():
    OPENAPI.write_text(openapi(), encoding="utf-8")
