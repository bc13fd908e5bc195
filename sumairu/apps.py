from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class SumairuConfig(AppConfig):
    default = True
    name = "sumairu"
    verbose_name = "住まいる北海道"


class StaffSiteConfig(admin_apps.AdminConfig):
    default = False
    default_site = "sumairu.admin.StaffSite"
