"""Tables of records for django-import-export: for each thing one map from lookup to title, and who may bring rows in."""

import re
from datetime import date, datetime, time
from functools import partial

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.timezone import is_aware, localtime
from import_export import fields, widgets
from import_export.resources import Diff, ModelResource, modelresource_factory
from import_export.results import RowResult

from sumairu.access import choices, may, rows
from sumairu.admin.recorded_tables import WatchedMixin
from sumairu.admin.table_results import LINE, REASONS, TableResult, narrowed, refuse_twins, same_text, trimmed
from sumairu.descriptions import NO, SEPARATOR, YES, called
from sumairu.fields import FieldNamesField, FiscalYearField, FiscalYearFormField, NumberFormField, WholeNumberFormField
from sumairu.lib.folding import fold
from sumairu.lib.written_days import era_day, read_day

MOST_NAMES = 1_000  # of other rows in one table, each asked of the database by itself
# A row that changes something is compared, checked, saved and rehearsed in a thread that others wait for: some 25 ms, and 2 ms
# more for a thousand letters.
MOST_CHANGED, MOST_LETTERS = 250, 500_000


def table(model, titles, key=(), readonly=()):
    """A resource with a column for each of `titles`: a map from a lookup (`program__slug`) to its title, or fields alone.

    With `key`, the names of the fields by which a row finds its record, it can also be imported; `readonly` lookups
    are then only shown.
    """
    columns = {}
    if not isinstance(titles, dict):
        titles = {lookup: called(model, lookup) for lookup in titles}
    for lookup, title in titles.items():
        is_written = bool(key) and lookup not in readonly
        attribute, _, related_key = lookup.partition("__") if is_written else (lookup, "", "")
        columns[attribute] = fields.Field(
            attribute, title, _widget(model, lookup, attribute, related_key), readonly=not is_written
        )
    meta = {"fields": list(columns), "import_id_fields": list(key)}
    return modelresource_factory(model, TableResource, meta, columns)


class ToldDiff(Diff):
    """Of each column the value before and after, None where they are alike."""

    def as_html(self):
        pairs = [(_told("" if self.new else old), _told(new)) for old, new in zip(self.left, self.right, strict=True)]
        return [None if old == new or (self.new and new in ("", None)) else narrowed(old, new) for old, new in pairs]


def _told(value):
    """A day as it was understood; everything else as it is."""
    return era_day(value) if isinstance(value, date) and not isinstance(value, datetime) else value


class TableResource(WatchedMixin, ModelResource):
    """All rows or none; of existing rows only those that the person keeps, and none that a change gives away."""

    class Meta:
        use_transactions = True
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True

    def get_diff_class(self):
        return ToldDiff

    def get_result_class(self):
        return TableResult

    def filter_export(self, queryset, **kwargs):
        """With what the columns read, whatever the list itself reads."""
        paths = [field.attribute for field in self.fields.values()]
        many = {field.name for field in self._meta.model._meta.many_to_many}
        single = {field.name for field in self._meta.model._meta.fields if field.is_relation}
        related = {path.rpartition("__")[0] or path for path in paths if path.partition("__")[0] in single}
        return queryset.select_related(*related).prefetch_related(*(path for path in paths if path in many))

    def get_queryset(self):
        """Where a row looks for its record: among those one may see, so that no answer tells of others."""
        return rows(self.user, self._meta.model)

    def before_import(self, dataset, **kwargs):
        self.user, self.known, self.twins, self.unchanged = kwargs["user"], {}, {}, {}
        for aside in (LINE, REASONS):
            if aside in dataset.headers:
                del dataset[aside]
        known = {field.column_name for field in self.fields.values()}
        unknown = "".join(f"「{title}」" for title in dict.fromkeys(dataset.headers) if title not in known)
        twice = "".join(f"「{title}」" for title in dict.fromkeys(dataset.headers) if dataset.headers.count(title) > 1)
        found = [f"見出し{unknown}の列は取り込めません。書き出した表の見出しを使ってください。"] if unknown else []
        found += [f"同じ見出しの列が二つあります（{twice}）。"] if twice else []
        if found:
            raise ValidationError(found)
        self.twins = refuse_twins(self, dataset)
        super().before_import(dataset, **kwargs)
        self.unchanged = self._unchanged(dataset)
        changed = [row for number, row in enumerate(dataset) if number not in self.unchanged]
        if len(changed) > MOST_CHANGED:
            raise ValidationError(
                f"変わる行が多すぎます（{len(changed):,}行）。1回に取り込めるのは{MOST_CHANGED}行までです。ファイルを分けてください。"
            )
        if sum(len(value) for row in changed for value in row if isinstance(value, str)) > MOST_LETTERS:
            raise ValidationError(
                f"変わる行の文字が多すぎます。1回に取り込めるのは、合わせて{MOST_LETTERS // 10_000}万字までです。"
                "ファイルを分けてください。"
            )

    def _unchanged(self, dataset):
        """`{number of a row: its record}` of the rows that say what is there: most of a table that went out and comes back."""
        columns = [field for field in self.get_import_fields() if field.column_name in dataset.headers]
        if not set(self._meta.import_id_fields) <= {field.attribute for field in columns}:
            return {}
        own = rows(self.user, self._meta.model, "import").filter(pk__in=self._meant(dataset))
        there = {tuple(_plain(field.export(record)) for field in columns): record for record in self.filter_export(own)}
        found = {
            number: there.get(tuple(_plain(row[field.column_name]) for field in columns))
            for number, row in enumerate(dataset.dict)
        }
        return {number: record for number, record in found.items() if record is not None and number not in self.twins}

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        result.tell(self, dataset)

    def import_row(self, row, instance_loader, **kwargs):
        record = self.unchanged.get(kwargs["row_number"] - 1)
        if record is not None:
            result = self.get_row_result_class()()
            result.import_type, result.object_id = RowResult.IMPORT_TYPE_SKIP, record.pk
            return result
        return super().import_row(row, instance_loader, **kwargs | {"known": self.known})

    def before_import_row(self, row, **kwargs):
        twin = self.twins.get(kwargs["row_number"] - 1)
        if twin:
            raise ValidationError(twin)

    def import_instance(self, instance, row, **kwargs):
        """All faults of a row at once; a text that differs only in how its lines end stays as it was."""
        columns = self.get_import_fields()
        before = {
            column.attribute: getattr(instance, column.attribute, None) for column in columns if not _many(column)
        }
        errors = {}
        try:
            super().import_instance(instance, row, **kwargs)
        except ValidationError as error:
            errors |= error.error_dict
        for column in filter(_many, columns):
            try:
                if column.column_name in row:
                    column.clean(row, **kwargs)
            except (ValidationError, ValueError) as error:
                errors[column.attribute] = ValidationError(getattr(error, "messages", None) or str(error))
        for name, old in before.items():
            if old != getattr(instance, name, None) and same_text(old, getattr(instance, name, None)):
                setattr(instance, name, old)
        if errors:
            raise ValidationError(errors)

    def after_init_instance(self, instance, new, row, **kwargs):
        super().after_init_instance(instance, new, row, **kwargs)
        if not new and not may(kwargs["user"], type(instance), "import", instance):
            raise ValidationError("この行の記録は、あなたには直せません。直せるのは自分の所属のものだけです。")

    def after_save_instance(self, instance, row, **kwargs):
        if not may(kwargs["user"], type(instance), "import", instance):
            raise ValidationError("この行の記録は、ほかの所属のものになります。自分の所属のものだけを取り込めます。")


def _plain(value):
    """A cell as text, whether it stands in a CSV, in a workbook or in an export."""
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return trimmed(str(value))


def _many(column):
    return isinstance(column.widget, widgets.ManyToManyWidget)


def _widget(model, lookup, attribute, related_key):
    field = _field(model, lookup if not related_key else attribute)
    if related_key and field.many_to_many:
        return KeysWidget(field.related_model, separator=SEPARATOR, field=related_key)
    if related_key:
        return KeyWidget(model, field, related_key)
    if field is not None and field.choices:
        return LabelWidget(field.choices, may_be_empty=field.blank)
    if isinstance(field, FieldNamesField):
        return FieldNamesWidget(field.labels.items())
    if isinstance(field, FiscalYearField):
        return FiscalYearWidget(is_optional=field.null)
    by_type = {
        models.BooleanField: YesNoWidget,
        models.DateField: DayWidget,
        models.IntegerField: NumberWidget,
        models.DecimalField: DecimalWidget,
        models.ManyToManyField: ListedWidget,
    }
    return next((widget() for kind, widget in by_type.items() if isinstance(field, kind)), TextWidget())


def _field(model, lookup):
    """The model field that a lookup ends in; None for a property."""
    *path, last = lookup.split("__")
    for part in path:
        model = model._meta.get_field(part).related_model
    try:
        return model._meta.get_field(last)
    except FieldDoesNotExist:
        return None


class TextWidget(widgets.Widget):
    """What is no text keeps its type in a workbook. Text that Excel took for a number is text again: 12068.0, 12068."""

    def render(self, value, obj=None, **kwargs):
        if isinstance(value, datetime):
            return (localtime(value) if is_aware(value) else value).replace(tzinfo=None, microsecond=0)
        return "" if value is None else value if isinstance(value, int | float | date) else str(value)

    def clean(self, value, row=None, **kwargs):
        if value is None:
            return ""
        return trimmed(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))


class NumberWidget(TextWidget):
    def clean(self, value, row=None, **kwargs):
        try:
            return WholeNumberFormField(required=False).clean(super().clean(value))
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error


class DecimalWidget(TextWidget):
    """Numbers with a fraction, exact: a float of a workbook is what Excel shows of it. Zeros that say nothing are left out."""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else f"{value.normalize():f}" if value else "0"

    def clean(self, value, row=None, **kwargs):
        try:
            return NumberFormField(required=False).clean(super().clean(value))
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error


class YesNoWidget(TextWidget):
    def render(self, value, obj=None, **kwargs):
        return YES if value else NO

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value).strip()
        if text not in (YES, NO, ""):
            raise ValueError(f"「{value}」は入れられません。「{YES}」か「{NO}」を入れてください。")
        return text == YES


class DayWidget(TextWidget):
    """Days as people write them, and as a workbook keeps them."""

    def clean(self, value, row=None, **kwargs):
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        return read_day(value)


class LabelWidget(TextWidget):
    """A choice by its label, as people read and write it."""

    def __init__(self, pairs, may_be_empty=False):
        super().__init__()
        self.labels, self.may_be_empty = dict(pairs), may_be_empty

    def render(self, value, obj=None, **kwargs):
        return self.labels.get(value, "")

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value).strip()
        if not text and self.may_be_empty:
            return ""
        found = [key for key, label in self.labels.items() if fold(text) in (fold(label), fold(str(key)))]
        if not found:
            raise ValueError(f"「{value}」は選べません。{'・'.join(self.labels.values())}のどれかを入れてください。")
        return found[0]


class FieldNamesWidget(LabelWidget):
    """Names of fields by their labels: 対象者;支援の割合."""

    def render(self, value, obj=None, **kwargs):
        return SEPARATOR.join(label for name, label in self.labels.items() if name in value)

    def clean(self, value, row=None, **kwargs):
        chosen = {super(FieldNamesWidget, self).clean(part) for part in _listed(TextWidget().clean(value))}
        return [name for name in self.labels if name in chosen]


class FiscalYearWidget(TextWidget):
    """Written as 2021; read in any notation of a fiscal year. Where it `is_optional`, an empty cell is no year."""

    def __init__(self, is_optional=False):
        super().__init__()
        self.is_optional = is_optional

    def clean(self, value, row=None, **kwargs):
        try:
            return FiscalYearFormField(required=not self.is_optional).clean(super().clean(value))
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error


class KeyWidget(TextWidget):
    """A row that another points to, by the name or code it has for people: one of those that the person may choose."""

    def __init__(self, model, field, key):
        super().__init__()
        self.model, self.field, self.key = model, field, key

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(getattr(value, self.key))

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value).strip()
        if not text:
            return None
        queryset = self.field.related_model._default_manager.all()
        if "user" in kwargs:  # absent only where a row looks for its record; what it may become is asked again
            queryset = choices(kwargs["user"], self.model, self.field.name, queryset)
        return _once(kwargs, self.field, text, lambda: _the_one(queryset, self.key, text, self.field.verbose_name))


class KeysWidget(widgets.ManyToManyWidget):
    """Several rows by name or code. An unknown one is an error; the library would drop it without a word."""

    def clean(self, value, row=None, **kwargs):
        rows, faults = {}, []
        for part in _listed(TextWidget().clean(value)):
            try:
                row = _once(kwargs, self.model, part, partial(self._named, part))
                rows[row.pk] = row
            except TooManyNames:
                raise
            except ValueError as error:
                faults.append(str(error))
        if faults:
            raise ValidationError(faults)
        return list(rows.values())

    def _named(self, part):
        return _the_one(self.model.objects.all(), self.field, part, self.model._meta.verbose_name, "はありません")


class TooManyNames(ValueError):
    """A table names more of other rows than can be looked up in good time."""

    def __init__(self):
        super().__init__(
            f"ほかの記録を指す名前やコードが多すぎます。1回に取り込めるのは{MOST_NAMES:,}種類までです。表を分けてください。"
        )


def _once(kwargs, of, text, look_up):
    """What `text` names, looked up once in an import: a table names the same few again and again, or what is not there."""
    known = kwargs.get("known", {})
    if (of, text) not in known:
        if len(known) >= MOST_NAMES:
            raise TooManyNames
        try:
            known[of, text] = look_up()
        except ValueError as error:
            known[of, text] = error
    if isinstance(known[of, text], ValueError):
        raise known[of, text]
    return known[of, text]


def _the_one(queryset, key, text, kind, none="は選べません"):
    """The row that `text` names by its key, or as people call it where its queryset knows how (`named`)."""
    found = list(queryset.filter(**{key: text})[:1])
    if not found and hasattr(queryset, "named"):
        found = list(queryset.named(text))
    if not found:
        raise ValueError(f"「{text}」という{kind}{none}。")
    if len(found) > 1:
        listed = "、".join(f"{getattr(one, key)}（{getattr(one, 'full_name', one)}）" for one in found)
        raise ValueError(f"「{text}」という{kind}は{len(found)}つあります。次のどれかを入れてください：{listed}。")
    return found[0]


def _listed(text):
    """What a cell lists. 「・」 and 「／」 part nothing here, unlike in a rule's value: they stand in names and labels."""
    return [part.strip() for part in re.split(r"[;；、,，\n]", text) if part.strip()]


class ListedWidget(TextWidget):
    def render(self, value, obj=None, **kwargs):
        return SEPARATOR.join(str(one) for one in value.all())
