from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "sumairu.pages"
    verbose_name = "ページ"
