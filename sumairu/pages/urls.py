from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path
from django.views.generic import RedirectView

from sumairu.pages import english, views
from sumairu.pages.analysis import views as analysing
from sumairu.pages.compare import views as comparing
from sumairu.pages.map import views as mapping
from sumairu.pages.sitemaps import sitemaps
from sumairu.publishing.asked import asks

# Where files of figures once were.
MOVED = RedirectView.as_view(pattern_name="table_csv", permanent=True)

urlpatterns = [
    path("", views.home, name="home"),
    path("regions/<key:slug>/", views.subprefecture_detail, name="subprefecture_detail"),
    path("regions/<key:slug>/<year:year>/", views.subprefecture_detail, name="subprefecture_year"),
    path("municipalities/", views.municipality_list, name="municipality_list"),
    path("municipalities/<key:code>/", views.municipality_detail, name="municipality_detail"),
    path("municipalities/<key:code>/similar/", views.similar_towns, name="similar_towns"),
    path("municipalities/<key:code>/analysis/", analysing.analysis_sheet, name="analysis_sheet"),
    path("municipalities/<key:code>/analysis/sheet.xlsx", analysing.analysis_workbook, name="analysis_workbook"),
    path("compare/", comparing.compare, name="compare"),
    path("map/", mapping.town_map, name="map"),
    path("figures/", views.figures, name="figures"),
    path("figures/<key:slug>.csv", asks()(MOVED), name="moved_csv"),
    path("en/", english.english_home, name="english_home"),
    path("en/regions/<key:slug>/", english.english_subprefecture_detail, name="english_subprefecture_detail"),
    path("en/programs/<key:slug>/", english.english_program_detail, name="english_program_detail"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.search_suggest, name="search_suggest"),
    path("address.css", views.address_css, name="address_css"),
    path("robots.txt", views.robots, name="robots"),
    path(
        "sitemap.xml",
        asks()(sitemap_views.index),
        {"sitemaps": sitemaps(), "sitemap_url_name": "sitemap"},
        name="sitemaps",
    ),
    path("sitemap-<slug:section>.xml", asks("p")(sitemap_views.sitemap), {"sitemaps": sitemaps()}, name="sitemap"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("data/", views.data, name="data"),
    path("data/columns.csv", views.columns_csv, name="columns_csv"),
    path("data/catalog.jsonld", views.data_catalogue, name="data_catalogue"),
    path("data/workbooks/<digest:digest>/<key:name>", views.source_workbook, name="source_workbook"),
    path("data/<key:slug>.csv", views.table_csv, name="table_csv"),
    path("data/<key:slug>.xlsx", views.data_file, {"form": "xlsx"}, name="data_xlsx"),
    path("data/<key:slug>.json", views.data_file, {"form": "json"}, name="data_json"),
    path("data/<key:slug>/data.csv", views.data_file, {"form": "csv-plain"}, name="data_csv_plain"),
    path("data/<key:slug>/datapackage.json", views.data_package, name="data_package"),
    path("api/v1/", views.api_page, name="api_page"),
    path("api/v1/", include("sumairu.pages.api.urls")),
    path("updates/", views.updates, name="updates"),
    path("updates/feed.atom", views.update_feed, name="update_feed"),
]
