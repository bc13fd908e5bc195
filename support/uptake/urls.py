from django.urls import path

from support.uptake import views

urlpatterns = [path("uses/", views.uptake_list, name="uptake_list")]
