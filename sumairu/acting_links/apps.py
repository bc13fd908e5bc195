from django.apps import AppConfig


class ActingLinksConfig(AppConfig):
    name = "sumairu.acting_links"
    verbose_name = "メールで届くリンク"
