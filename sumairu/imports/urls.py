from django.urls import path

from sumairu.imports import views

urlpatterns = [
    path("", views.import_upload, name="import_upload"),
    path("drop/", views.import_drop_all, name="import_drop_all"),
    path("template/<slug:slug>.xlsx", views.import_blank, name="import_blank"),
    path("<int:pk>/", views.import_run, name="import_run"),
    path("<int:pk>/progress/", views.import_progress, name="import_progress"),
    path("<int:pk>/again/", views.import_again, name="import_again"),
    path("<int:pk>/sheet/", views.import_sheet, name="import_sheet"),
    path("<int:pk>/cell/", views.import_cell, name="import_cell"),
    path("<int:pk>/answers/", views.import_answers, name="import_answers"),
    path("<int:pk>/reading/", views.import_reading, name="import_reading"),
    path("<int:pk>/save/", views.import_save, name="import_save"),
    path("<int:pk>/drop/", views.import_drop, name="import_drop"),
    path("<int:pk>/giving-out/", views.import_giving_out, name="import_giving_out"),
    path("<int:pk>/taking-back/", views.import_taking_back, name="import_taking_back"),
    path("<int:pk>/undo/", views.import_undo, name="import_undo"),
    path("history/<slug:slug>/<int:pk>/", views.figure_history, name="figure_history"),
    path("<int:pk>/file/", views.import_file, name="import_file"),
    path("<int:pk>/mending.xlsx", views.import_mending, name="import_mending"),
]
