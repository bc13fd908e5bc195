from django.urls import path

from sumairu.acting_links import views

urlpatterns = [path("link/", views.link, name="link")]
