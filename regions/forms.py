"""What a reader may ask of the lists of this app, and what an editor types of a figure."""

from django import forms

from regions.models import Initiative, Municipality, Subprefecture, Theme
from sumairu.fields import FiscalYearFormField
from sumairu.imports.forms import FigureForm
from sumairu.lib.calendars import FISCAL_YEARS
from sumairu.lib.excerpts import typed
from sumairu.lib.wareki import full_name


class TownField(forms.ModelChoiceField):
    """One of the municipalities, by its code; all of them where none is chosen."""

    def __init__(self):
        super().__init__(
            Municipality.objects.governed().select_related("subprefecture"),
            label="市町村",
            to_field_name="code",
            empty_label="すべて",
            required=False,
            error_messages={"invalid_choice": "その団体コードの市町村はありません。一覧から選んでください。"},
        )


class TypedTownField(forms.CharField):
    """A municipality as people type it, by its name, its kana or its code; None where none is asked for."""

    def __init__(self):
        super().__init__(label="市町村", max_length=40, required=False)

    def clean(self, value):
        text = super().clean(value)
        town = Municipality.objects.governed().meant(text) if text else None
        if text and town is None:
            raise forms.ValidationError(f"「{text}」が、どの市町村か分かりません。市や町まで入れてください。")
        return town


class InitiativeFilter(forms.Form):
    """The years and themes that some public initiative has; but every office, so that one without initiatives says so."""

    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)
    office = forms.ModelChoiceField(
        Subprefecture.objects.all(), label="振興局", to_field_name="slug", empty_label="すべて", required=False
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label="分野", to_field_name="slug", empty_label="すべて", required=False
    )
    town = TypedTownField()
    q = forms.CharField(label="言葉", max_length=100, required=False)

    def __init__(self, data, **kwargs):
        public = Initiative.objects.published()
        years = public.fiscal_years()[::-1]
        data = {name: typed(value) for name, value in data.items()}
        if years:
            data.setdefault("year", str(years[0]))
        super().__init__(data, **kwargs)
        self.fields["year"].choices = [("", "すべて"), *((year, full_name(year)) for year in years)]
        self.fields["theme"].queryset = Theme.objects.of_some(public)


class TownOrder(forms.Form):
    """Which municipalities a table shows, and in what order."""

    office = forms.ModelChoiceField(
        Subprefecture.objects.all(), label="振興局", to_field_name="slug", empty_label="すべて", required=False
    )
    order = forms.ChoiceField(
        label="並び順", choices=[("", "団体コード順"), ("most", "大きい順"), ("least", "小さい順")], required=False
    )

    def __init__(self, data, **kwargs):
        super().__init__({name: typed(value) for name, value in data.items()}, **kwargs)


class YearFormField(FiscalYearFormField):
    """Reads a year of any calendar (令和3年度, 令和3年, R3, 2021) and shows it as `calendar` calls it."""

    calendar = FISCAL_YEARS

    def to_python(self, value):
        return super().to_python(str(value).strip().removesuffix("年") if value not in self.empty_values else value)

    def prepare_value(self, value):
        return self.calendar.name(value) if isinstance(value, int) else value


class IndicatorFigureForm(FigureForm):
    """A figure of a municipality, with its year as the indicator counts years."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "fiscal_year" in self.fields:
            self.fields["fiscal_year"].calendar = self.instance.calendar

    def clean(self):
        cleaned = super().clean()
        indicator, year = cleaned.get("indicator"), cleaned.get("fiscal_year")
        if indicator and year:
            typed, calendar = self.data[self.add_prefix("fiscal_year")].strip(), indicator.calendar
            if typed.endswith("年" if calendar.is_fiscal else "年度"):
                self.add_error(
                    "fiscal_year",
                    f"「{indicator}」は{calendar.noun}で数えます。「{calendar.name(year)}」でよければ、そう入れてください。",
                )
        return cleaned
