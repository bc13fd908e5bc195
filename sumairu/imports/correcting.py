"""The form in which an editor says how a table is to be read."""

from dataclasses import replace
from pathlib import PurePath

from django import forms
from django.utils.timezone import localdate

from sumairu.fields import WholeNumberFormField, never_cut
from sumairu.lib.calendars import CALENDAR_YEARS, FISCAL_YEARS, Calendar
from sumairu.lib.wareki import FIRST, fiscal_year_on, without_fiscal_years
from sumairu.lib.workbooks.corrections import (
    USES,
    ColumnCorrection,
    Correction,
    RowsNotUnderstood,
    rows_in,
    rows_in_words,
)
from sumairu.lib.workbooks.figures import FIGURES
from sumairu.lib.workbooks.words.stages import STAGES

MOST_HEADER_ROWS = 10
YEARS_OFFERED = 12
UNITS_OFFERED = ("円", "千円", "万円", "百万円", "億円", "人", "件", "%")


def table_numbers(run, page):
    """The numbers of the tables of a sheet, those described so far included; and that of one still to be described."""
    said = [each["table"] for each in run.corrections if each["sheet"] == page.sheet.name]
    numbers = sorted({*(table.number for table in page.tables), *said})
    return numbers, numbers[-1] + 1 if numbers else 0


def correction_form(run, page, number, data=None):
    """The form for the table of this number on the sheet of `page`; of another number, for the first or a new one."""
    numbers, new = table_numbers(run, page)
    number = int(number) if number in map(str, (*numbers, new)) else (*numbers, new)[0]
    tables = {table.number: table for table in page.tables}
    table = tables.get(number)
    others = {column.letters for each in page.tables if each.number != number for column in each.columns}
    own = {column.letters for column in table.columns} if table else set()
    letters = [letters for letters in page.letters if letters in own or letters not in others]
    said = [each for each in map(Correction.from_json, run.corrections) if each.sheet == page.sheet.name]
    return CorrectionForm(
        data,
        sheet=page.sheet,
        number=number,
        table=table,
        letters=letters,
        said=next((each for each in said if each.table == number), None),
        name=run.layout.name if run.layout else _name_to_offer(table, run.file.name),
    )


def _name_to_offer(table, file_name):
    """What a layout may be called: as its table, or else its file, without the year, since it serves for others too."""
    called = (table and table.title) or PurePath(file_name).stem
    return (without_fiscal_years(called).strip("\u3000 _-") or called)[:80]


def corrections_with(run, form):
    """All corrections of a run, that of the form's table as the form says it."""
    place = (form.sheet.name, form.number)
    others = [each for each in map(Correction.from_json, run.corrections) if (each.sheet, each.table) != place]
    said = form.correction()
    return [*others, *([said] if said else [])]


class CorrectionForm(forms.Form):
    """How the table `number` of a sheet is read: `table` as it was found (None where none was), its columns by letters.

    What is left as it was found is no correction, and follows the sheet if that changes.
    """

    left_out = never_cut(forms.CharField(label="読まない行", required=False, max_length=2000))
    keep = forms.BooleanField(label="この読み方を次の年も使う", required=False)
    name = never_cut(forms.CharField(label="読み方の名前", required=False, max_length=80))

    def __init__(self, data=None, *, sheet, number, table, letters, said, name):
        self.sheet, self.number, self.table, self.letters = sheet, number, table, letters
        self.said = said or Correction(sheet.name, number)
        self.found = {column.letters: column for column in table.columns} if table else {}
        super().__init__(data, initial=self._initial(name))
        self.fields["year"] = self._year_field("表全体の年度か年", _year(self.said), FIRST, Calendar.full_name)
        self.fields["unit"] = self._unit_field("表全体の単位", self.said.unit)
        for name, label in (("first", "見出しの行、はじめ"), ("last", "見出しの行、おわり")):
            field = WholeNumberFormField(label=label, required=False, min_value=1, max_value=sheet.rows)
            field.widget.attrs["aria-label"] = label
            self.fields[name] = field
        for letter in letters:
            self._add_column(letter)

    def _initial(self, name):
        header = self.table.header_rows if self.table else self.said.header_rows
        said = self.said
        return {
            "first": header[0] if header else None,
            "last": header[-1] if header else None,
            "left_out": rows_in_words(said.left_out_rows),
            "name": name,
        }

    def _add_column(self, letters):
        """Fields of one column, as it was understood."""
        found = self.found.get(letters) or self.said.columns.get(letters)
        uses = [*USES.items()] if letters in self.found else [("", "表の外"), *USES.items()]
        oldest = fiscal_year_on(localdate()) - YEARS_OFFERED
        stages = [("", "—"), *((stage, stage) for stage in STAGES)]
        for name, label, field in (
            ("use", "は何か", forms.ChoiceField(choices=uses, initial=found.use if found else "", required=False)),
            ("year", "の年度か年", self._year_field("", found and _year(found), oldest, Calendar.name)),
            ("stage", "の段階", forms.ChoiceField(choices=stages, initial=found and found.stage, required=False)),
            ("unit", "の単位", self._unit_field("", found and found.unit)),
        ):
            field.widget.attrs["aria-label"] = field.label = f"{letters}列{label}"
            self.fields[f"{name}_{letters}"] = field

    def _year_field(self, label, initial, oldest, name):
        """The years from next year down to `oldest`, and those that the table says itself, in words by `name`."""
        newest = fiscal_year_on(localdate()) + 1
        stated = {_year(column) for column in self.found.values()} | {initial}
        groups = []
        for calendar in (FISCAL_YEARS, CALENDAR_YEARS):
            years = {year for of, year in filter(None, stated) if of == calendar} | {*range(oldest, newest + 1)}
            named = [(_value(calendar, year), name(calendar, year)) for year in sorted(years, reverse=True)]
            groups.append(
                (f"{calendar.noun}（{'4月から翌年3月まで' if calendar.is_fiscal else '1月から12月まで'}）", named)
            )
        return forms.TypedChoiceField(
            label=label,
            choices=[("", "—"), *groups],
            coerce=_year_of_value,
            empty_value=None,
            initial=_value(*initial) if initial else "",
            required=False,
        )

    def _unit_field(self, label, initial):
        stated = (initial, *(column.unit for column in self.found.values()))
        units = dict.fromkeys([*UNITS_OFFERED, *filter(None, stated)])
        return forms.TypedChoiceField(
            label=label,
            choices=[("", "—"), *((unit, unit) for unit in units)],
            empty_value=None,
            initial=initial,
            required=False,
        )

    @property
    def columns(self):
        """Each column with its fields, for the page."""
        return [
            {
                "letters": letters,
                "found": self.found.get(letters),
                **{name: self[f"{name}_{letters}"] for name in ("use", "year", "stage", "unit")},
            }
            for letters in self.letters
        ]

    def clean_left_out(self):
        try:
            return rows_in(self.cleaned_data["left_out"], self.sheet.rows)
        except RowsNotUnderstood as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if (first is None) != (last is None) and not ({"first", "last"} & self.errors.keys()):
            self.add_error("last", "見出しの行は、はじめとおわりの両方を入れてください。1行なら同じ番号です。")
        elif first and last and not first <= last < first + MOST_HEADER_ROWS:
            self.add_error("last", f"見出しの行は、はじめから数えて{MOST_HEADER_ROWS}行までで入れてください。")
        if self.table is None and not self.errors:
            if first is None:
                self.add_error("first", "見出しの行を入れてください。表の始まりが分かりません。")
            if not any(cleaned.get(f"use_{letters}") == FIGURES for letters in self.letters):
                self.add_error(None, "数値の列がありません。少なくとも1つの列を「数値」にしてください。")
        if cleaned.get("keep") and not cleaned.get("name"):
            self.add_error("name", "次の年も使うときは、読み方の名前を入れてください。")
        return cleaned

    def correction(self):
        """The `Correction` that the form says; None where all is as it was found."""
        cleaned, said = self.cleaned_data, self.said
        header = said.header_rows
        if {"first", "last"} & set(self.changed_data) or self.table is None:
            header = tuple(range(cleaned["first"], cleaned["last"] + 1)) if cleaned["first"] else ()
        columns = {letters: self._column(letters) for letters in self.letters}
        columns = {**said.columns, **columns}
        correction = Correction(
            self.sheet.name,
            self.number,
            header,
            {letters: column for letters, column in columns.items() if column != ColumnCorrection()},
            unit=cleaned["unit"],
            left_out_rows=cleaned["left_out"],
            **_said(cleaned["year"]),
        )
        return None if correction == Correction(self.sheet.name, self.number) else correction

    def _column(self, letters):
        said = self.said.columns.get(letters, ColumnCorrection())
        changed = {
            name: self.cleaned_data[f"{name}_{letters}"] or None
            for name in ("use", "year", "stage", "unit")
            if f"{name}_{letters}" in self.changed_data
        }
        years = _said(changed.pop("year")) if "year" in changed else {}
        return replace(said, **changed, **years)


def _year(said):
    """The calendar and the year that a column or a correction says; None where it says none."""
    if said.fiscal_year is not None:
        return FISCAL_YEARS, said.fiscal_year
    return None if said.calendar_year is None else (CALENDAR_YEARS, said.calendar_year)


def _said(year):
    """What a column or a correction then says."""
    calendar, year = year or (FISCAL_YEARS, None)
    return (
        {"fiscal_year": year, "calendar_year": None}
        if calendar.is_fiscal
        else {"fiscal_year": None, "calendar_year": year}
    )


def _value(calendar, year):
    """How a choice of a year is written in the form: 2021, 2021年."""
    return str(year) if calendar.is_fiscal else f"{year}{calendar.noun}"


def _year_of_value(value):
    year = value.removesuffix(CALENDAR_YEARS.noun)
    return FISCAL_YEARS if year == value else CALENDAR_YEARS, int(year)
