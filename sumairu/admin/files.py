"""Attachments: a file chosen on the page of the row it belongs to, kept as a row of its own.

A file that is replaced or taken away stays while a version of the record names it; `manage.py purge_files` ends the rest.
"""

from pathlib import PurePath

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html

from sumairu.access import rows
from sumairu.admin.staff import StackedRows
from sumairu.downloads import stored_file
from sumairu.drafts.fields import KeptFileField, KeptFileInput
from sumairu.lib.attachments import cleaned
from sumairu.lib.pictures import Unfit, taken
from sumairu.models import StoredFile
from sumairu.pictures import keep_copies

MAX_BYTES = 10 * 1024**2
_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {  # our own media type, never the browser's
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "csv": "text/csv",
}
ALLOWED = "PDF、PNG、JPEG、Excel（.xlsx）、Word（.docx）、CSV"


class AttachmentForm(forms.ModelForm):
    upload = KeptFileField(
        label="ファイル",
        help_text=(
            f"{ALLOWED}。10 MBまで。写真の位置や日時、Word・Excelの作成者と更新者の名前は、公開しないよう取り除きます。"
            "PDFの作成者名と、コメントや変更履歴の名前は残ります。"
        ),
        widget=KeptFileInput(attrs={"accept": ",".join(f".{extension}" for extension in TYPES)}),
        error_messages={"required": "ファイルを選んでください。", "empty": "ファイルが空です。"},
    )

    types, allowed = set(TYPES), ALLOWED

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = self.instance.pk is None

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        extension = PurePath(upload.name).suffix.lower().removeprefix(".")
        if extension not in self.types:
            raise forms.ValidationError(f"この種類のファイルは添付できません。添付できるのは{self.allowed}です。")
        if upload.size > MAX_BYTES:
            raise forms.ValidationError("ファイルが大きすぎます。添付できるのは10 MBまでです。")
        try:
            content = self.fit_content(extension, upload.read())
        except Unfit as error:
            raise forms.ValidationError(str(error)) from error
        return StoredFile.of(upload.name, content, TYPES[extension])

    def fit_content(self, extension, content):
        """As it can be given to anybody; `Unfit` where it cannot."""
        return cleaned(extension, content)

    def save(self, commit=True):
        upload = self.cleaned_data.get("upload")
        if not upload:
            return super().save(commit)
        upload.save()
        self.instance.file = upload
        return super().save(commit)


class PictureForm(AttachmentForm):
    """A picture, kept with its size so that a page has room for it before it comes, and with the copies that pages show."""

    types, allowed = {"png", "jpeg", "jpg"}, "PNG、JPEG"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        upload = self.fields["upload"]
        upload.label = "写真"
        upload.help_text = (
            "PNGかJPEG。10 MBまで。写した位置や日時、機種は、公開しないよう取り除きます。"
            "ページには、画面の幅に合わせて小さくしたものが出ます。"
        )
        upload.widget.attrs["accept"] = ",".join(f".{extension}" for extension in self.types)

    def fit_content(self, extension, content):
        self.taken = taken(extension, content)
        return self.taken.content

    def save(self, commit=True):
        upload = self.cleaned_data.get("upload")
        if upload:
            self.instance.width, self.instance.height = self.taken.width, self.taken.height
        picture = super().save(commit)
        if upload:
            keep_copies(upload, self.taken.copies)
        return picture


class AttachmentRows(StackedRows):
    """The attachments of a row. Files are fetched through `AttachmentsMixin` of its admin."""

    form = AttachmentForm
    fields = [("title", "upload", "stored")]
    readonly_fields = ["stored"]
    address = "file"  # what the admin of the row calls the way to it

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("file")

    def stored(self, attachment):
        if attachment.pk is None:
            return "—"
        address = reverse(
            f"admin:{self.parent_model._meta.label_lower.replace('.', '_')}_{self.address}", args=[attachment.pk]
        )
        size = max(attachment.file.size // 1024, 1)
        return format_html('<a href="{}">{}</a>（{} KB）', address, attachment.file.name, f"{size:,}")

    stored.short_description = "いまのファイル"


class PictureRows(AttachmentRows):
    """The pictures of a row, fetched through the same mixin."""

    form = PictureForm
    fields = [("upload", "stored"), "alt", "caption", ("credit", "licence", "order"), "source_url"]
    address = "picture"


class AttachmentsMixin:
    """For a model admin whose rows have attachments: the way to them, for those who may see them."""

    attachment_model: type
    picture_model: type | None = None

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        urls = [path("files/<int:pk>/", self.admin_site.admin_view(self.file_view), name=f"{name}_file")]
        if self.picture_model:
            view = self.admin_site.admin_view(self.picture_view)
            urls.append(path("pictures/<int:pk>/", view, name=f"{name}_picture"))
        return [*urls, *super().get_urls()]

    def file_view(self, request, pk):
        return self._given(request, self.attachment_model, pk)

    def picture_view(self, request, pk):
        return self._given(request, self.picture_model, pk)

    def _given(self, request, model, pk):
        seen = rows(request.user, model).select_related("file")
        return stored_file(get_object_or_404(seen, pk=pk).file)
