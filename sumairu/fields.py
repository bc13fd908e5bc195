"""Model and form fields that any part of the portal may use, and what is asked of them."""

import re
from datetime import date
from unicodedata import normalize

from django import forms
from django.core.exceptions import EmptyResultSet, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import connections, models
from django.db.models.expressions import RawSQL
from django.utils.html import format_html

from sumairu.lib.amounts import AmountError, NotANumber, NotWhole, parse_number
from sumairu.lib.furigana import faults
from sumairu.lib.keys import KEY, as_key
from sumairu.lib.telephones import folded
from sumairu.lib.wareki import FIRST, LAST, era_name, fiscal_year, full_name
from sumairu.lib.widths import half_width
from sumairu.lib.written_days import Unreadable, era_day, read_day

YEARS = f"年度は{FIRST}から{LAST}までです。"


def never_cut(field):
    """The same form field, whose browser takes all that is pasted: at a `maxlength` it cuts without a word. Django says how long it is."""
    field.widget.attrs.pop("maxlength", None)
    return field


class FiscalYearFormField(forms.Field):
    """Reads any way of writing a fiscal year (令和3年度, R3, 2021 …) and shows 令和3年度."""

    default_error_messages = {
        "invalid": "「%(value)s」を年度として読めません。「令和3年度」「R3」「2021」のように入れてください。" + YEARS,
    }

    def __init__(self, *, min_value=None, max_value=None, empty_value=None, **kwargs):
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        year = fiscal_year(str(value))
        if year is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})
        return year

    def prepare_value(self, value):
        return era_name(value) if isinstance(value, int) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class DayInput(forms.DateInput):
    """A day as text, with what it is understood as beside it: 2027-04-01 令和9年4月1日（木）."""

    def __init__(self, attrs=None):
        super().__init__({"size": "16", "autocomplete": "off"} | (attrs or {}), format="%Y-%m-%d")

    def render(self, name, value, attrs=None, renderer=None):
        rendered = super().render(name, value, attrs, renderer)
        understood = understood_day(value)
        return format_html('{} <span class="understood">{}</span>', rendered, understood) if understood else rendered


class DayFormField(forms.DateField):
    """Reads a day as people write it, where it can mean one day only. The only field for days, in every form."""

    widget = DayInput

    def to_python(self, value):
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        try:
            return read_day(value)
        except Unreadable as error:
            raise ValidationError(str(error), code="invalid") from error


def understood_day(value):
    """A day, or what was typed for one, with its era and weekday; nothing where it is no day."""
    if not value:
        return ""
    try:
        return era_day(read_day(value))
    except Unreadable:
        return ""


class NumberInput(forms.TextInput):
    """A number as text. A browser's own field for numbers drops what it does not know: 3,900千円 becomes 3900, △5 becomes 5."""

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))


class NumberFormField(forms.DecimalField):
    """Reads a number as people write it, １，２３４ and △5, and nothing else. With its next of kin the only field for numbers."""

    widget = NumberInput

    def to_python(self, value):
        return _number(value)


class WholeNumberFormField(forms.IntegerField):
    widget = NumberInput(attrs={"inputmode": "numeric"})

    def to_python(self, value):
        number = _number(value)
        if number is not None and number != number.to_integral_value():
            raise ValidationError(str(NotWhole(value)), code="invalid")
        return None if number is None else int(number)


def _number(value):
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        number = parse_number(str(value))
        if number is None:  # － and 皆減 are blanks of tables
            raise NotANumber(value)
    except AmountError as error:
        raise ValidationError(
            f"{error}単位を付けず、数字だけを入れてください（例：3,900,000）。", code="invalid"
        ) from error
    return number


class FiscalYearField(models.PositiveSmallIntegerField):
    """A fiscal year: the Gregorian year of its April. 2021 is 令和3年度."""

    description = "年度（4月の属する西暦年）"
    default_validators = [MinValueValidator(FIRST, YEARS), MaxValueValidator(LAST, YEARS)]

    def __init__(self, verbose_name="年度", **kwargs):
        super().__init__(verbose_name, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if self.verbose_name == "年度":
            kwargs.pop("verbose_name", None)
        return name, path, args, kwargs

    def to_python(self, value):
        if isinstance(value, str) and not value.isascii():
            return fiscal_year(value)
        return super().to_python(value)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": FiscalYearFormField, "help_text": self.help_text or None} | kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if f"get_{name}_display" not in cls.__dict__:
            setattr(cls, f"get_{name}_display", lambda self: full_name(getattr(self, name)))


class DayOfYearField(models.CharField):
    """A day that every year has, as (month, day) reads it; kept as 「10月1日」, typed in any width."""

    def __init__(self, verbose_name="毎年の日", **kwargs):
        super().__init__(verbose_name, **{"max_length": 6, "blank": True} | kwargs)

    @staticmethod
    def month_and_day(text):
        """(10, 1) of 「10月1日」; None where there is none. Raises `ValueError` where it is no day of every year."""
        if not text:
            return None
        match = re.fullmatch(r"([0-9]{1,2})月([0-9]{1,2})日", half_width(text).replace(" ", ""))
        if match is None:
            raise ValueError
        day = date(2001, int(match[1]), int(match[2]))  # a year without 2月29日
        return day.month, day.day

    def clean(self, value, model_instance):
        try:
            found = self.month_and_day(value)
        except ValueError as error:
            raise ValidationError("「10月1日」のように、毎年ある日を月と日で入れてください。") from error
        return super().clean("{}月{}日".format(*found) if found else "", model_instance)


class ReadingsField(models.TextField):
    """How words of a row are read, and `of` what they are told; see `sumairu.lib.furigana`."""

    def __init__(self, verbose_name="ふりがな", of="", **kwargs):
        help_text = (
            f"{of}に付けるふりがな。1行に1つ、言葉とよみを空白で分けて入れます。例：釧路　くしろ。"
            "ここに入れた言葉だけに付きます。確かめたよみだけを入れてください。"
        )
        super().__init__(verbose_name, **{"blank": True, "help_text": help_text} | kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if found := faults(value):
            raise ValidationError(found)


class EasySummaryField(models.TextField):
    """The summary in plain Japanese, for those who are still learning it (文化庁・出入国在留管理庁のガイドライン)."""

    def __init__(self, verbose_name="やさしい日本語", **kwargs):
        help_text = "やさしい日本語の要約。一文を短く、難しい言葉や漢字を避けて書きます。空欄なら出ません。"
        super().__init__(verbose_name, **{"blank": True, "help_text": help_text} | kwargs)


class YearlyQuerySet(models.QuerySet):
    """Rows of which each is of a fiscal year."""

    def in_year(self, fiscal_year):
        return self.filter(fiscal_year=fiscal_year)

    def fiscal_years(self):
        """The fiscal years in which there is any, oldest first.

        Each is looked up in an index from the one before: `DISTINCT` would read every row to find twenty years.
        """
        years = self.order_by("fiscal_year").values("fiscal_year")
        after = years.filter(fiscal_year__gt=RawSQL("found.year", ()))
        try:
            (first, of_first), (later, of_later) = (
                rows[:1].query.get_compiler(self.db).as_sql() for rows in (years, after)
            )
        except EmptyResultSet:  # of rows that cannot be there, as Django knows without asking
            return []
        statement = (
            f"WITH RECURSIVE found(year) AS (SELECT ({first})"  # noqa: S608 (made by Django, values apart)
            f" UNION ALL SELECT ({later}) FROM found WHERE found.year IS NOT NULL)"
            " SELECT year FROM found WHERE year IS NOT NULL"
        )
        with connections[self.db].cursor() as cursor:
            cursor.execute(statement, of_first + of_later)
            return [year for (year,) in cursor]


class TelephoneField(models.CharField):
    """Telephone numbers, kept in one way of writing."""

    def __init__(self, verbose_name="電話", **kwargs):
        super().__init__(verbose_name, **{"max_length": 80} | kwargs)

    def clean(self, value, model_instance):
        try:
            return super().clean(folded(value or ""), model_instance)
        except ValueError as error:
            raise ValidationError(str(error)) from error


def years_are(name, field="fiscal_year"):
    """The constraint that `field` holds a year that has a name and an address."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__range": (FIRST, LAST)}),
        name=name,
        violation_error_message=YEARS,
    )


def https_only(value):
    """For addresses of others that pages lead to: what is typed there must not be read on the way."""
    if not value.startswith("https://"):
        raise ValidationError("https:// で始まるアドレスを入れてください。")


class KeyFormField(forms.SlugField):
    """Folds what is typed: ＫＵＳＨＩＲＯ-２０２６-９ is kushiro-2026-9. The model's field then says what is wrong with it."""

    default_validators = []

    def to_python(self, value):
        return as_key(super().to_python(value))


class KeyField(models.SlugField):
    """What stands for a row in addresses and in tables: small ASCII letters, digits, - and _. See `keys_are`."""

    description = "アドレスと表で記録を指す名前"
    default_validators = [RegexValidator(KEY, "半角の英小文字・数字・「-」「_」だけで入れてください。")]

    def to_python(self, value):
        value = super().to_python(value)
        return as_key(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": KeyFormField} | kwargs)


def keys_are(field, name, pattern=KEY, message="半角の英小文字・数字・「-」「_」だけで入れてください。"):
    """The constraint that `field` holds a key, whoever writes it: forms, tables, commands or SQL."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__regex": pattern}), name=name, violation_error_message=message
    )


class FieldNamesField(models.JSONField):
    """A list of names of fields of the same model, out of `offered`. People tick, read and write their labels."""

    def __init__(self, *args, offered=(), **kwargs):
        super().__init__(*args, **{"default": list, "blank": True} | kwargs)
        self.offered = list(offered)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"offered": self.offered}

    @property
    def labels(self):
        return {name: str(self.model._meta.get_field(name).verbose_name) for name in self.offered}

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if not isinstance(value, list) or not set(map(str, value)) <= set(self.offered):
            raise ValidationError(f"「{self.verbose_name}」の項目の名前を読めません。")

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=list(self.labels.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=self.verbose_name,
            help_text=self.help_text,
        )


class SampleField(models.BooleanField):
    """Marks a row invented to show what a screen does: shown with 見本, gone with `manage.py remove_samples`."""

    def __init__(self, verbose_name="見本", **kwargs):
        help_text = "画面の働きを示すために作った架空の記録です。公開ページでも「見本」と示します。"
        super().__init__(verbose_name, **{"default": False, "help_text": help_text} | kwargs)


class AddressField(forms.EmailField):
    """An address, however wide its letters are typed, as it is kept: in lower case."""

    def __init__(self, **attrs):
        super().__init__(
            label="メールアドレス",
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email"} | attrs),
            error_messages={
                "required": "メールアドレスを入れてください。",
                "invalid": "メールアドレスの形になっていません。例：chiiki@town.example.jp",
            },
        )

    def to_python(self, value):
        return normalize("NFKC", super().to_python(value) or "").strip().lower()
