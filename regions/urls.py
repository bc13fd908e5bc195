from django.urls import path

from regions import views

urlpatterns = [
    path("regions/", views.subprefecture_list, name="subprefecture_list"),
    path("initiatives/", views.initiative_list, name="initiative_list"),
    path("initiatives/<slug:code>/", views.initiative_detail, name="initiative_detail"),
    path("initiatives/<slug:code>/files/<digest:digest>/<str:name>", views.initiative_file, name="initiative_file"),
    path("indicators/", views.indicator_list, name="indicator_list"),
    path("indicators/<slug:slug>/", views.indicator_detail, name="indicator_detail"),
    path("indicators/<slug:slug>/<year:year>/", views.indicator_year, name="indicator_year"),
    path("indicators/<slug:slug>/figures.csv", views.indicator_csv, name="indicator_csv"),
]
