from django.contrib.sitemaps import views as sitemap_views
from django.urls import path

from sumairu.pages import views
from sumairu.pages.sitemaps import sitemaps
from sumairu.publishing.asked import asks

urlpatterns = [
    path("", views.home, name="home"),
    path("regions/<key:slug>/", views.subprefecture_detail, name="subprefecture_detail"),
    path("regions/<key:slug>/<year:year>/", views.subprefecture_year, name="subprefecture_year"),
    path("municipalities/", views.municipality_list, name="municipality_list"),
    path("municipalities/<key:code>/", views.municipality_detail, name="municipality_detail"),
    path("figures/", views.figures, name="figures"),
    path("figures/budget.csv", views.budget_csv, name="budget_csv"),
    path("figures/dispatch.csv", views.dispatch_csv, name="dispatch_csv"),
    path("search/", views.search, name="search"),
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
    path("updates/", views.updates, name="updates"),
]
