"""Cases as staff write them."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q

from sumairu.access import rows
from sumairu.admin import FiscalYearFilter, ImportMixin, PublicNowFilter, StackedRows, StaffAdmin, of_none
from sumairu.admin.files import AttachmentRows, AttachmentsMixin, PictureRows
from sumairu.admin.resources import table
from sumairu.publishing.admin import PUBLISHING, PublishingMixin
from sumairu.publishing.confirming import RehearsedImportMixin
from support.cases.descriptions import CASES
from support.cases.models import Case, CaseAttachment, CaseFigure, CaseLink, CasePicture


class CaseForm(forms.ModelForm):
    def clean_related(self):
        """What is chosen, and what somebody who sees more has chosen before: it is not lost by a save."""
        chosen = list(self.cleaned_data["related"])
        if self.instance.pk:
            offered = self.fields["related"].queryset.values("pk")
            chosen += self.instance.related.exclude(pk__in=offered)
        return chosen

    def clean(self):
        """An office keeps cases of its own towns; those of several offices are headquarters'."""
        cleaned = super().clean()
        if reason := Case.why_not_in(cleaned.get("subprefecture"), cleaned.get("municipalities") or []):
            self.add_error("municipalities", reason)
        return cleaned


class CaseTable(table(Case, CASES.columns, key=["key"])):
    def save_m2m(self, instance, row, **kwargs):
        """As the form asks it, once the towns of the row are those of the case."""
        super().save_m2m(instance, row, **kwargs)
        if reason := Case.why_not_in(instance.subprefecture, instance.municipalities.all()):
            raise ValidationError(reason)


class FigureRows(StackedRows):
    model = CaseFigure
    fields = [("what", "number", "unit"), ("fiscal_year", "when"), ("source", "order")]


class LinkRows(StackedRows):
    model = CaseLink
    fields = [("label", "url")]


class CaseAttachmentRows(AttachmentRows):
    model = CaseAttachment


class CasePictureRows(PictureRows):
    model = CasePicture


@admin.register(Case)
class CaseAdmin(RehearsedImportMixin, PublishingMixin, AttachmentsMixin, ImportMixin, StaffAdmin):
    form = CaseForm
    list_display = ["title", "office", "year", "status", "publish_on", "updated_at"]
    list_filter = [
        "status",
        PublicNowFilter,
        FiscalYearFilter,
        ("subprefecture", of_none("広域・全道")),
        ("themes", of_none("分野なし")),
        "is_sample",
    ]
    list_select_related = ["subprefecture"]
    search_fields = ["title", "summary", "body", "key", "partners"]
    date_hierarchy = "updated_at"
    checkboxes = ["themes", "programs", "related"]
    grouped_by = {"municipalities": "subprefecture"}
    inlines = [FigureRows, CasePictureRows, LinkRows, CaseAttachmentRows]
    attachment_model = CaseAttachment
    picture_model = CasePicture
    save_on_top = True
    readonly_fields = ["made_from"]  # as making one of an initiative sets it
    resource_classes = [CaseTable]
    fieldsets = [
        (None, {"fields": ["title", "subtitle", "summary", "easy_summary", "readings"]}),
        (
            "いつ、どこで、だれが",
            {
                "fields": [
                    "fiscal_year",
                    ("starts_on", "ends_on"),
                    "subprefecture",
                    "municipalities",
                    ("organisation", "organisation_name"),
                    "partners",
                ]
            },
        ),
        ("何について", {"fields": ["themes", "keywords", "service"]}),
        ("なぜ、何をしたか", {"fields": ["reason", "aim", "body", "challenge", "constraints", "ingenuity"]}),
        ("何が分かったか", {"fields": ["result", "evaluation", "lessons", "sustaining", "spread"]}),
        ("使った支援制度とお金", {"fields": ["programs", "cost_yen", "cost_note", "funds"]}),
        PUBLISHING,
        (
            "つながりと出どころ",
            {"fields": ["desk", "related", "made_from", "source", "source_note", "key", "is_sample"]},
        ),
    ]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Related cases are those that the person sees here, and those that everybody sees."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "related":
            seen = rows(request.user, Case).values("pk")
            field.queryset = Case.objects.filter(Q(pk__in=seen) | Q(pk__in=Case.objects.published().values("pk")))
        return field

    @admin.display(description="振興局", ordering="subprefecture__order", empty_value="本庁")
    def office(self, case):
        return case.subprefecture
