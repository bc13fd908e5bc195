from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "sumairu.search"
    verbose_name = "検索"
