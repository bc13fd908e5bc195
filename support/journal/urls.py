from django.urls import path

from support.journal import views

urlpatterns = [
    path("journal/", views.issue_list, name="issue_list"),
    path("journal/<number:number>/", views.issue_detail, name="issue_detail"),
    path("journal/<number:number>/all/", views.issue_whole, name="issue_whole"),
    path("journal/<number:number>/tsukuru.epub", views.issue_book, name="issue_book"),
    path("journal/<number:number>/<number:article>/", views.article_detail, name="article_detail"),
]
