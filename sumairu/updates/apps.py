from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "sumairu.updates"
    verbose_name = "公開内容の更新"
