from django.apps import AppConfig


class LoadingConfig(AppConfig):
    name = "sumairu.loading"
    verbose_name = "読み込み"
