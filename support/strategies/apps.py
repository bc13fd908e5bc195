from django.apps import AppConfig


class StrategiesConfig(AppConfig):
    name = "support.strategies"
    label = "support_strategies"
    verbose_name = "総合戦略"
