from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "sumairu.accounts"
    verbose_name = "利用者"
