from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "support.notices"
    label = "support_notices"
    verbose_name = "お知らせ"
