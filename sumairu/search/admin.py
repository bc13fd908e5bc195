from django.contrib import admin

from sumairu.admin import ImportMixin, StaffAdmin
from sumairu.admin.resources import table
from sumairu.search.models import Synonym


@admin.register(Synonym)
class SynonymAdmin(ImportMixin, StaffAdmin):
    list_display = ["word", "group", "note"]
    search_fields = ["word", "group", "folded"]
    fields = ["word", "group", "note"]
    resource_classes = [table(Synonym, {"word": "言葉", "group": "まとまり", "note": "注記"}, key=["word"])]
