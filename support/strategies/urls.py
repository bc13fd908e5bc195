from django.urls import path

from support.strategies import views

urlpatterns = [
    path("strategies/", views.strategy_list, name="strategy_list"),
    path("strategies/<key:key>/", views.strategy_detail, name="strategy_detail"),
    path("strategies/<key:key>/files/<digest:digest>/<key:name>", views.strategy_file, name="strategy_file"),
    path("strategies/hokkaido/<key:slug>/", views.frame_detail, name="frame_detail"),
]
