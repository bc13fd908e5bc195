"""Attachments: a file chosen on the page of the row it belongs to, kept as a row of its own."""

from contextlib import suppress
from pathlib import PurePath

from django import forms
from django.db.models import ProtectedError
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html

from sumairu.access import rows
from sumairu.admin.staff import StackedRows
from sumairu.downloads import stored_file
from sumairu.drafts.fields import KeptFileField, KeptFileInput
from sumairu.models import StoredFile

MAX_BYTES = 10 * 1024**2
_OFFICE = "application/vnd.openxmlformats-officedocument"
# Extension: our own media type (never the browser's), and how such a file begins.
TYPES = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", b"PK\x03\x04"),
    "docx": (f"{_OFFICE}.wordprocessingml.document", b"PK\x03\x04"),
    "csv": ("text/csv", b""),
}
ALLOWED = "PDF、PNG、JPEG、Excel（.xlsx）、Word（.docx）、CSV"


class AttachmentForm(forms.ModelForm):
    upload = KeptFileField(
        label="ファイル",
        help_text=f"{ALLOWED}。10 MBまで。",
        widget=KeptFileInput(attrs={"accept": ",".join(f".{extension}" for extension in TYPES)}),
        error_messages={"required": "ファイルを選んでください。", "empty": "ファイルが空です。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = self.instance.pk is None

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        extension = PurePath(upload.name).suffix.lower().removeprefix(".")
        if extension not in TYPES:
            raise forms.ValidationError(f"この種類のファイルは添付できません。添付できるのは{ALLOWED}です。")
        if upload.size > MAX_BYTES:
            raise forms.ValidationError("ファイルが大きすぎます。添付できるのは10 MBまでです。")
        media_type, begins = TYPES[extension]
        content = upload.read()
        if not content.startswith(begins):
            raise forms.ValidationError(f"中身が{extension.upper()}ではありません。もとのファイルを確かめてください。")
        return StoredFile.of(upload.name, content, media_type)

    def save(self, commit=True):
        upload = self.cleaned_data.get("upload")
        if not upload:
            return super().save(commit)
        replaced = StoredFile.objects.filter(pk=self.instance.file_id).defer("content")
        upload.save()
        self.instance.file = upload
        saved = super().save(commit)
        drop_unused(replaced)
        return saved


def drop_unused(files):
    """Delete those files that nothing points to any more: who attached the wrong one expects it to be gone."""
    for file in files:
        with suppress(ProtectedError):
            file.delete()


class AttachmentRows(StackedRows):
    """The attachments of a row. Files are fetched through `AttachmentsMixin` of its admin."""

    form = AttachmentForm
    fields = [("title", "upload", "stored")]
    readonly_fields = ["stored"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("file").defer("file__content")

    def stored(self, attachment):
        if attachment.pk is None:
            return "—"
        address = reverse(f"admin:{self.parent_model._meta.label_lower.replace('.', '_')}_file", args=[attachment.pk])
        size = max(attachment.file.size // 1024, 1)
        return format_html('<a href="{}">{}</a>（{} KB）', address, attachment.file.name, f"{size:,}")

    stored.short_description = "いまのファイル"


class AttachmentsMixin:
    """For a model admin whose rows have attachments: the way to them, for those who may see them."""

    attachment_model: type

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_file"
        view = self.admin_site.admin_view(self.file_view)
        return [path("files/<int:pk>/", view, name=name), *super().get_urls()]

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if formset.model is self.attachment_model:
            drop_unused([attachment.file for attachment in formset.deleted_objects])

    def delete_model(self, request, obj):
        files = [attachment.file for attachment in obj.attachments.select_related("file").defer("file__content")]
        super().delete_model(request, obj)
        drop_unused(files)

    def delete_queryset(self, request, queryset):
        for row in queryset:
            self.delete_model(request, row)

    def file_view(self, request, pk):
        seen = rows(request.user, self.attachment_model).select_related("file")
        return stored_file(get_object_or_404(seen, pk=pk).file)
