from django.urls import path

from regions import views

urlpatterns = [
    path("regions/", views.subprefecture_list, name="subprefecture_list"),
    path("initiatives/", views.initiative_list, name="initiative_list"),
    path("initiatives/<slug:code>/", views.initiative_detail, name="initiative_detail"),
    path("initiatives/<slug:code>/files/<digest:digest>/<str:name>", views.initiative_file, name="initiative_file"),
]
