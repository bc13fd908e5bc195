from django.contrib import admin
from django.urls import path

from sumairu.accounts import views

urlpatterns = [
    path("logout/", views.sign_out),  # before the admin's of the same address, which keeps the name
    path("password_change/", views.password_change),
    path("forgotten/", views.forgotten_page, name="forgotten"),
    path("second-factor/", views.second_factor_page, name="second_factor"),
    path("second-factor/set-up/", views.second_factor_setup, name="second_factor_setup"),
    path("my-sign-ins/", admin.site.admin_view(views.my_sign_ins), name="my_sign_ins"),
]
