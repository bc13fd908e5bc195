from django.apps import AppConfig


class VersionsConfig(AppConfig):
    name = "sumairu.versions"
    verbose_name = "変更の記録"
