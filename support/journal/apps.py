from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "support.journal"
    label = "support_journal"
    verbose_name = "北海道創生ジャーナル「創る」"
