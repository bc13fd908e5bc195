from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/import/", include("sumairu.imports.urls")),
    path("admin/", admin.site.urls),
]
