"""Putting an issue together: its articles in their order, each written here or taken over from an initiative."""

from django.contrib import admin

from sumairu.admin import PublicNowFilter, StackedRows, StaffAdmin
from sumairu.admin.resources import table
from sumairu.publishing.admin import PUBLISHING, PublishingMixin
from support.journal.descriptions import ISSUES
from support.journal.models import Article, Issue


class ArticleRows(StackedRows):
    model = Article
    fields = ["order", ("initiative", "case"), "title", "lead", "body", "writer", "withdrawn_because"]
    autocomplete_fields = ["initiative", "case"]
    list_select_related = ["issue", "initiative__subprefecture", "case"]
    verbose_name_plural = "記事（順序の小さいものから並びます）"


@admin.register(Issue)
class IssueAdmin(PublishingMixin, StaffAdmin):
    list_display = ["__str__", "season_name", "issued_on", "status", "publish_on", "updated_at"]
    list_filter = ["status", PublicNowFilter, "is_sample"]
    search_fields = ["title", "summary", "articles__title"]
    inlines = [ArticleRows]
    save_on_top = True
    resource_classes = [table(Issue, ISSUES.columns)]
    fieldsets = [
        (None, {"fields": ["number", ("season", "issued_on"), "title", "summary", "editorial"]}),
        ("表紙と電子書籍", {"fields": ["colour", "is_vertical"]}),
        PUBLISHING,
        ("出どころ", {"fields": ["source", "is_sample"]}),
    ]

    @admin.display(description="号")
    def season_name(self, issue):
        return issue.season_name
