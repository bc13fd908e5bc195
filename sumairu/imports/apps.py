from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "sumairu.imports"
    verbose_name = "取込"
