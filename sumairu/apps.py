from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.module_loading import autodiscover_modules


class SumairuConfig(AppConfig):
    default = True
    name = "sumairu"
    verbose_name = "住まいる北海道"

    def ready(self):
        # Each app says what it has for the platform in modules of these names.
        autodiscover_modules("access", "imports", "search")


class StaffSiteConfig(admin_apps.AdminConfig):
    default = False
    default_site = "sumairu.admin.StaffSite"
