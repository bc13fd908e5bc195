from django.urls import path

from support.cases import views

urlpatterns = [
    path("cases/", views.case_list, name="case_list"),
    path("cases/<key:key>/", views.case_detail, name="case_detail"),
    path("cases/<key:key>/files/<digest:digest>/<key:name>", views.case_file, name="case_file"),
    path("cases/<key:key>/pictures/<digest:digest>/<key:name>", views.case_picture, name="case_picture"),
]
