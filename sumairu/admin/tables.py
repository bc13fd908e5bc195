"""Tables out of and into the admin's lists, by django-import-export: xlsx and csv, one row a record."""

import csv
from functools import partial
from io import BytesIO, StringIO
from itertools import islice
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.cache import caches
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.timezone import localdate
from import_export.admin import ExportMixin as LibraryExportMixin
from import_export.admin import ImportMixin as LibraryImportMixin
from import_export.formats import base_formats
from import_export.forms import ExportForm, ImportForm
from import_export.results import RowResult
from tablib import Dataset

from sumairu.access import rows
from sumairu.admin.recorded_tables import RecordedImportMixin
from sumairu.downloads import kept_file
from sumairu.drafts.fields import KeptFileField, KeptFileInput
from sumairu.drafts.resuming import asked_draft, typed, waiting_draft
from sumairu.lib.formulas import FORMULA_STARTS
from sumairu.lib.workbooks import Refused
from sumairu.lib.workbooks.files.admission import MEGABYTE, XLSX, admit, directory
from sumairu.lib.workbooks.files.scan import scan
from sumairu.lib.workbooks.files.shared_texts import admit_shared_texts
from sumairu.lib.written_workbook import written_workbook
from sumairu.uploads import KEPT_FOR

# openpyxl makes objects of nearly every element, in a thread that others wait for.
MAX_BYTES, MAX_UNPACKED_BYTES = 5 * MEGABYTE, 12 * MEGABYTE
MAX_ROWS, MAX_COLUMNS = 5_000, 60  # empty rows count, too
HEADER_WITHIN = 20  # rows from the top in which a header is looked for


class Xlsx(base_formats.XLSX):
    """A workbook of one sheet. Reads the first sheet that has `titles` in a row, wherever the file was left open."""

    def __init__(self, encoding=None, titles=()):
        super().__init__(encoding)
        self.titles = set(titles)

    def get_title(self):
        return "Excel（.xlsx）"

    def export_data(self, dataset, **kwargs):
        return written_workbook({"一覧": [dataset.headers, *dataset]})

    def create_dataset(self, in_stream):
        if admit(in_stream, "") != XLSX:
            raise Refused("Excel ブックでも .xlsx でない形式です。.xlsx 形式で保存し直したファイルを選んでください。")
        # openpyxl takes it whole into this process, so that it must be small unpacked too, and hold no entities.
        if sum(part.file_size for part in directory(in_stream)) > MAX_UNPACKED_BYTES:
            raise Refused("中身が大きすぎるブックです。取り込む表だけを新しいブックへ値として貼り付けてください。")
        from openpyxl import load_workbook

        admit_shared_texts(in_stream, sum(sheet.cells for sheet in scan(in_stream).values()))
        book = load_workbook(BytesIO(in_stream), read_only=True, data_only=True)
        for sheet in book.worksheets:
            # Bounded, whatever size the sheet says it has.
            grid = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
            lines = [list(line) for line in islice(grid, MAX_ROWS)]
            for number, line in enumerate(lines[:HEADER_WITHIN]):
                if self.titles <= {_text(value) for value in line}:
                    _admit(len(below) > below.count(None) for below in grid)
                    return _dataset(line, lines[number + 1 :], number + 2)
        raise Refused(_no_header(self.titles, "どのシートにも"))


class Csv(base_formats.CSV):
    """UTF-8 with a mark, so that Excel shows it right. Reads also what Japanese Excel saves (Shift_JIS)."""

    def __init__(self, encoding=None, titles=()):
        super().__init__(encoding)
        self.titles = set(titles)

    def get_title(self):
        return "CSV（.csv、UTF-8）"

    def export_data(self, dataset, **kwargs):
        out = StringIO()
        csv.writer(out).writerows([[_escaped(value) for value in row] for row in [dataset.headers, *dataset]])
        return out.getvalue()

    def create_dataset(self, in_stream):
        lines = list(csv.reader(StringIO(_decoded(in_stream))))
        _admit(any(line) for line in lines[MAX_ROWS:])
        for number, line in enumerate(lines[:HEADER_WITHIN]):
            if self.titles <= {_text(value) for value in line}:
                rows = [[_unescaped(value) for value in row] for row in lines[number + 1 :]]
                return _dataset(line, rows, number + 2)
        raise Refused(_no_header(self.titles, "ファイルに"))


def _admit(has_content):
    """Refuse a table that goes on below what is read of it; `has_content` says so of each row below."""
    if any(has_content):
        raise Refused(f"{MAX_ROWS:,}行目より下にも内容があります。取り込む行を上に詰めるか、ファイルを分けてください。")


def _dataset(header, lines, first):
    """The rows under a header, without those and the columns that are empty; `lines` of it says where in the file."""
    titles = [_text(value) for value in header]
    kept = [index for index, title in enumerate(titles) if title]
    dataset = Dataset(headers=[titles[index] for index in kept])
    dataset.lines = []  # the number that Excel shows for each row
    for number, line in enumerate(lines, first):
        values = [line[index] if index < len(line) and line[index] is not None else "" for index in kept]
        if any(value != "" for value in values):
            dataset.append(values)
            dataset.lines.append(number)
    return dataset


def _no_header(titles, where):
    wanted = "・".join(f"「{title}」" for title in sorted(titles))
    return f"{where}見出し{wanted}の行がありません。書き出した表の見出しを残したまま、内容だけを直してください。"


def _text(value):
    return "" if value is None else str(value).strip()


def _escaped(value):
    """Text that Excel would run is led by an apostrophe; so is text that has one already, to be taken off again."""
    return f"'{value}" if isinstance(value, str) and value.startswith((*FORMULA_STARTS, "'")) else value


def _unescaped(value):
    return value[1:] if value.startswith("'") and value[1:].startswith((*FORMULA_STARTS, "'")) else value


def _decoded(content):
    if isinstance(content, str):
        return content
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("文字コードを読み取れません。CSVを「UTF-8」で保存し直してください。")


class TableExportForm(ExportForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["format"] = forms.ChoiceField(
            label="ファイルの形式",
            choices=[choice for choice in self.fields["format"].choices if choice[0]],
            widget=forms.RadioSelect,
            initial="0",
            help_text="Excelで開くなら .xlsx、ほかのソフトで使うなら .csv を選びます。",
        )


class TableImportForm(ImportForm):
    """The file alone: its name says what it is."""

    EXTENSIONS = (".xlsx", ".csv")  # in the order of the formats

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["format"].required = False
        self.fields["format"].widget = forms.HiddenInput()
        self.fields["import_file"] = KeptFileField(
            label="ファイル",
            widget=KeptFileInput(attrs={"accept": ",".join(self.EXTENSIONS), "class": "drop"}),
            error_messages={"required": "取り込むファイルを選んでください。", "empty": "ファイルが空です。"},
        )

    def clean(self):
        file = self.cleaned_data.get("import_file")
        if file is None:
            return self.cleaned_data
        extension = next((end for end in self.EXTENSIONS if file.name.lower().endswith(end)), None)
        if extension is None:
            self.add_error("import_file", "Excelブック（.xlsx）かCSV（.csv）を選んでください。")
        elif file.size > MAX_BYTES:
            self.add_error("import_file", f"ファイルが大きすぎます。選べるのは{MAX_BYTES // MEGABYTE} MBまでです。")
        else:
            self.cleaned_data["format"] = str(self.EXTENSIONS.index(extension))
        return self.cleaned_data

    @property
    def media(self):
        return forms.Media()


class ExportMixin(LibraryExportMixin):
    """Every list can be taken along, by those who may, and of it what they may see."""

    import_export_change_list_template = "admin/import_export/change_list.html"
    export_form_class = TableExportForm
    to_encoding = "utf-8-sig"

    def get_export_formats(self):
        return [Xlsx, Csv]

    def get_export_queryset(self, request):
        granted = rows(request.user, self.model, "export")
        return super().get_export_queryset(request).filter(pk__in=granted.values("pk"))

    def get_valid_export_item_pks(self, request):
        return self.get_export_queryset(request).values_list("pk", flat=True)

    def get_export_filename(self, request, queryset, file_format):
        return f"{self.opts.model_name}-{localdate():%Y-%m-%d}.{file_format.get_extension()}"

    def init_request_context_data(self, request, form):
        title = f"{self.opts.verbose_name}を書き出す"
        return super().init_request_context_data(request, form) | {"title": title}


class ImportMixin(RecordedImportMixin, LibraryImportMixin):
    """Rows of a table become records: seen first, then saved all or not at all."""

    import_form_class = TableImportForm

    def get_import_formats(self):
        resource = self.get_import_resource_classes(None)[0]
        titles = [resource.fields[name].column_name for name in resource._meta.import_id_fields]
        return [partial(Xlsx, titles=titles), partial(Csv, titles=titles)]

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_rejected"
        view = self.admin_site.admin_view(self.rejected_view)
        return [path("import/rejected/<uuid:key>/", view, name=name), *super().get_urls()]

    def keep_rejected(self, request, result):
        """Keep the rows that could not be taken for an hour; where whoever uploaded them finds them."""
        key = uuid4()
        caches["uploads"].set(f"rejected-{request.user.pk}-{key}", result.rejected(), KEPT_FOR)
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_rejected", args=[key])

    def rejected_view(self, request, key):
        content = caches["uploads"].get(f"rejected-{request.user.pk}-{key}")
        if content is None or not self.has_import_permission(request):
            raise Http404("直す行の保存期限（1時間）が過ぎています。もう一度、表を選んでください。")
        return kept_file(content, f"{self.opts.verbose_name}の直す行.xlsx")

    def get_import_form_kwargs(self, request):
        draft = asked_draft(request)
        shown = dict(zip(("data", "files"), typed(request, draft), strict=True)) if draft else {}
        return super().get_import_form_kwargs(request) | shown

    def get_import_data_kwargs(self, **kwargs):
        # Without this a row that turned invalid since the preview is dropped and the others saved.
        return super().get_import_data_kwargs(**kwargs) | {"rollback_on_validation_errors": True}

    def add_data_read_fail_error_to_form(self, form, e):
        form.add_error(
            "import_file", str(e) if isinstance(e, Refused) else "ファイルを読み取れません。保存し直してください。"
        )

    def import_action(self, request, **kwargs):
        response = super().import_action(request, **kwargs)
        response.context_data["title"] = f"{self.opts.verbose_name}を取り込む"
        result = response.context_data.get("result")
        if result is not None and result.faults:
            response.context_data["rejected_url"] = self.keep_rejected(request, result)
        if request.method == "GET":
            response.context_data["unsaved"] = asked_draft(request) or waiting_draft(request)
        return response

    def process_import(self, request, **kwargs):
        formats = {str(number) for number in range(len(self.get_import_formats()))}
        if self.has_import_permission(request) and request.POST.get("format") not in formats:
            messages.error(request, "確かめた表が見つかりません。もう一度、ファイルを選んでください。")
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")
        return super().process_import(request, **kwargs)

    def process_result(self, result, request):
        if not result.has_errors() and not result.has_validation_errors():
            return super().process_result(result, request)
        messages.error(request, "確かめたあとに取り込めない行ができたため、何も保存していません。")
        context = self.admin_site.each_context(request) | {
            "title": f"{self.opts.verbose_name}を取り込む",
            "form": TableImportForm(self.get_import_formats(), self.get_import_resource_classes(request)),
            "opts": self.opts,
            "result": result,
            "rejected_url": self.keep_rejected(request, result) if result.faults else "",
        }
        return TemplateResponse(request, [self.import_template_name], context)

    def generate_log_entries(self, result, request):
        for kind, flag, message in (
            (RowResult.IMPORT_TYPE_NEW, ADDITION, "表の取込で加えました。"),
            (RowResult.IMPORT_TYPE_UPDATE, CHANGE, "表の取込で変えました。"),
        ):
            instances = [row.instance for row in result if row.import_type == kind]
            if instances:
                LogEntry.objects.log_actions(request.user.pk, instances, flag, message)

    def add_success_message(self, result, request):
        total = result.totals
        messages.success(
            request,
            f"{self.opts.verbose_name}を取り込みました：新規{total[RowResult.IMPORT_TYPE_NEW]}件、"
            f"変更{total[RowResult.IMPORT_TYPE_UPDATE]}件、変わらず{total[RowResult.IMPORT_TYPE_SKIP]}件。",
        )
