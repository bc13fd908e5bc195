from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "support.reports"
    label = "support_reports"
    verbose_name = "ページの誤りの連絡"
