from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.admin.templatetags import admin_list
from django.templatetags.static import static
from django.utils.html import format_html


class SumairuConfig(AppConfig):
    default = True
    name = "sumairu"
    verbose_name = "住まいる北海道"


class StaffSiteConfig(admin_apps.AdminConfig):
    default = False
    default_site = "sumairu.admin.StaffSite"

    def ready(self):
        super().ready()
        admin_list._boolean_icon = yes_or_no  # Django offers no other way, and its own is read aloud as True


def yes_or_no(value):
    icon = {True: "yes", False: "no", None: "unknown"}[value]
    said = {True: "はい", False: "いいえ", None: "不明"}[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{icon}.svg"), said)
