from django.urls import path

from support.notices import views

urlpatterns = [
    path("notices/", views.notice_list, name="notice_list"),
    path("notices/feed.atom", views.notice_feed, name="notice_feed"),
    path("notices/<key:code>/", views.notice_detail, name="notice_detail"),
    path("notices/<key:code>/files/<digest:digest>/<key:name>", views.notice_file, name="notice_file"),
]
