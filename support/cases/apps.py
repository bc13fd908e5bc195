from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "support.cases"
    label = "support_cases"
    verbose_name = "先行事例"
