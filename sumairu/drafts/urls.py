from django.urls import path

from sumairu.drafts import views

urlpatterns = [
    path("<slug:key>/", views.draft_detail, name="draft_detail"),
    path("<slug:key>/discard/", views.draft_discard, name="draft_discard"),
]
