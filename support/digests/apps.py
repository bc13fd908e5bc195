from django.apps import AppConfig


class DigestsConfig(AppConfig):
    name = "support.digests"
    label = "support_digests"
    verbose_name = "メールで受け取る"
