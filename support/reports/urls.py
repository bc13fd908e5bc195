from django.urls import path

from support.reports import views

urlpatterns = [
    path("report/", views.report, name="report"),
    path("report/received/", views.report_received, name="report_received"),
]
