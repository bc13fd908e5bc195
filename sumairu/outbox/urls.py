from django.urls import path

from sumairu.outbox import views

urlpatterns = [
    path("sample-mailbox/", views.sample_mailbox, name="sample_mailbox"),
    path("sample-mailbox/<int:pk>/", views.sample_message, name="sample_message"),
]
