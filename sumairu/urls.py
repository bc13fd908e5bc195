from django.contrib import admin
from django.urls import include, path, register_converter

from sumairu.converters import FileDigest, FiscalYear, Key, Number

register_converter(Key, "key")
register_converter(FiscalYear, "year")
register_converter(FileDigest, "digest")
register_converter(Number, "number")

handler404 = "sumairu.publishing.ended.not_found"
handler500 = "sumairu.health.failed"

urlpatterns = [
    path("admin/import/", include("sumairu.imports.urls")),
    path("admin/drafts/", include("sumairu.drafts.urls")),
    path("admin/", include("sumairu.accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("sumairu.acting_links.urls")),
    path("", include("sumairu.outbox.urls")),
    path("", include("regions.urls")),
    path("", include("support.urls")),
    path("", include("support.uptake.urls")),
    path("", include("support.notices.urls")),
    path("", include("support.strategies.urls")),
    path("", include("support.reports.urls")),
    path("", include("support.journal.urls")),
    path("", include("support.cases.urls")),
    path("", include("support.digests.urls")),
    path("", include("sumairu.pages.urls")),
]
