from django.urls import path

from regions import views

urlpatterns = [
    path("regions/", views.subprefecture_list, name="subprefecture_list"),
    path("initiatives/", views.initiative_list, name="initiative_list"),
    path("initiatives/<key:code>/", views.initiative_detail, name="initiative_detail"),
    path("initiatives/<key:code>/files/<digest:digest>/<key:name>", views.initiative_file, name="initiative_file"),
    path(
        "initiatives/<key:code>/pictures/<digest:digest>/<key:name>",
        views.initiative_picture,
        name="initiative_picture",
    ),
    path("indicators/", views.indicator_list, name="indicator_list"),
    path("indicators/<key:slug>/", views.indicator_detail, name="indicator_detail"),
    path("indicators/<key:slug>/<year:year>/", views.indicator_detail, name="indicator_year"),
    path("indicators/<key:slug>/figures.csv", views.indicator_csv, name="indicator_csv"),
]
