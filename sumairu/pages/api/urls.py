"""The addresses of the API, each a public view that is kept as pages are: it says what it reads of a query."""

from django.urls import path

from sumairu.descriptions import tables
from sumairu.pages.api.endpoints import KEYS, OneRecord, Records, Sets, openapi
from sumairu.pages.api.narrowing import PAGING, lookups_of, parameters_of
from sumairu.pages.api.serializers import asking_of, key_of, page_of, record_of
from sumairu.publishing.asked import asks

app_name = "api"
urlpatterns = [
    path("openapi.json", asks()(openapi), name="openapi-json"),
    path("sets", asks()(Sets.as_view()), name="sets"),
]


def _addresses(table):
    record = record_of(table)
    records = Records.as_view(
        table=table, lookups=lookups_of(table), asking=asking_of(table), answering=page_of(table, record)
    )
    yield path(table.slug, asks(*parameters_of(table), *PAGING)(records), name=f"records-{table.slug}")
    if table.slug in KEYS:
        field, meaning = KEYS[table.slug]
        one = OneRecord.as_view(table=table, field=field, asking=key_of(table, meaning), answering=record)
        yield path(f"{table.slug}/<str:key>", asks()(one), name=f"record-{table.slug}")


for _table in tables().values():
    urlpatterns += _addresses(_table)
