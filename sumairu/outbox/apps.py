from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "sumairu.outbox"
    verbose_name = "メールの送信"
