from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "sumairu.drafts"
    verbose_name = "保存していない入力"
