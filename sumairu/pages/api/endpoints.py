"""`/api/v1/`: each set as records with a cursor, each thing that has a page by its official code, and the OpenAPI of all."""

from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from rest_framework.exceptions import MethodNotAllowed, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.response import Response
from rest_framework.views import APIView

from sumairu.descriptions import tables
from sumairu.lib.shown import LICENCE
from sumairu.pages.api.narrowing import MEANINGS, PAGING, narrowed, page
from sumairu.pages.api.serializers import SetInfo
from sumairu.pages.data_sets import data_sets
from sumairu.publishing.ended import Ended, EndedPage, public_or_ended

OPENAPI = Path(__file__).with_name("openapi.json")  # `make openapi` writes it
# The field by which a thing with a page is known outside, and how it is spelled.
KEYS = {
    "offices": ("slug", "振興局のURL名（kushiroなど）"),
    "municipalities": ("code", "全国地方公共団体コード（検査数字を含む6桁）"),
    "initiatives": ("code", "取組コード"),
    "notices": ("code", "お知らせコード"),
    "indicators": ("slug", "指標のURL名"),
    "cases": ("key", "事例のURL名"),
}


def problem(error, context):
    """Why there is no answer, in words."""
    match error:
        case ValidationError():
            known = MEANINGS | PAGING
            said = "、".join(f"「{name}」（{known.get(name, '書き方')}）" for name in sorted(error.detail))
            return Response({"detail": f"{said}を読み取れません。"}, status=422)
        case Ended():
            links = chain.from_iterable(EndedPage(error.row).replaced_by.values())
            pages = [{"title": link.name, "page": f"{settings.PUBLIC_ADDRESS}{link.address}"} for link in links]
            return Response({"detail": "そのコードのものは、公開を終了しました。", "replaced_by": pages}, status=410)
        case Http404():
            return Response({"detail": "そのコードのものは、いま公開していません。"}, status=404)
        case MethodNotAllowed():
            return Response({"detail": "GETで読むことだけができます。"}, status=405)
    return None


class JsonAlone(BaseContentNegotiation):
    """Whatever is accepted: one answer is kept for all who ask."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class Answer(APIView):
    http_method_names = ["get", "head"]
    content_negotiation_class = JsonAlone
    table = asking = answering = None  # the set, and the serializers of what is asked and answered

    def asked(self, data):
        asking = self.asking(data=data)
        asking.is_valid(raise_exception=True)
        return asking.validated_data

    def record(self, row):
        return {part.name: part.cell(row) for part in self.table.parts_given}


class Sets(Answer):
    answering = SetInfo

    def get(self, request):
        return Response(SetInfo(map(_info, data_sets()), many=True).data)


def _info(each):
    return {
        "slug": each.slug,
        "title": each.table.label,
        "about": each.table.about,
        "updated_on": each.updated_on,
        "records": _absolute(each.slug) if each.slug in tables() else _figures_address(each),
        "columns": f"{settings.PUBLIC_ADDRESS}{each.package_path}",
    }


def _figures_address(each):
    return f"{_absolute('indicator-figures')}?{urlencode({'indicator': each.slug.removeprefix('figures-')})}"


def _absolute(slug):
    return f"{settings.PUBLIC_ADDRESS}{reverse(f'api:records-{slug}')}"


class Records(Answer):
    lookups = None

    def get(self, request):
        told = self.asked(request.query_params.dict())
        cursor, limit = told.pop("cursor", None), told.pop("limit")
        rows, following = page(narrowed(self.table, self.lookups, told), cursor, limit)
        query = urlencode(told | {"limit": limit, "cursor": following})
        address = _absolute(self.table.slug)
        answer = {
            "title": self.table.label,
            "licence": LICENCE,
            "citation": self.table.shown().shown_at(address, localdate()).citation,
            "records": map(self.record, self.table.filled(rows)),
            "next": f"{address}?{query}" if following else None,
        }
        return Response(self.answering(answer).data)


class OneRecord(Answer):
    field = None  # by which it is known

    def get(self, request, key):
        asked = {self.field: self.asked({"key": key})["key"]}
        public = self.table.public().filter(**asked)
        row = public_or_ended(public, self.table.every().filter(**asked)) if self.table.every else public.first()
        if row is None:
            raise Http404
        [row] = self.table.filled([row])
        return Response(self.answering(self.record(row)).data)


def openapi(request):
    return HttpResponse(OPENAPI.read_bytes(), content_type="application/json")
