from django.apps import AppConfig


class UptakeConfig(AppConfig):
    name = "support.uptake"
    label = "support_uptake"
    verbose_name = "使ったまち"
