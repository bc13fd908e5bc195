from django.urls import path

from support.digests import views

urlpatterns = [
    path("mail/", views.mail, name="mail"),
    path("mail/reminder/", views.mail_reminder, name="mail_reminder"),
    path("mail/sent/", views.mail_sent, name="mail_sent"),
]
