"""What a reader may ask of the lists of this app."""

from django import forms

from regions.models import Initiative, Subprefecture, Theme
from sumairu.lib.excerpts import typed
from sumairu.lib.wareki import full_name


class InitiativeFilter(forms.Form):
    """The years and themes that some public initiative has; but every office, so that one without initiatives says so."""

    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)
    office = forms.ModelChoiceField(
        Subprefecture.objects.all(), label="振興局", to_field_name="slug", empty_label="すべて", required=False
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label="分野", to_field_name="slug", empty_label="すべて", required=False
    )
    q = forms.CharField(label="言葉", max_length=100, required=False)

    def __init__(self, data, **kwargs):
        public = Initiative.objects.published()
        years = list(public.fiscal_years())[::-1]
        data = {name: typed(value) for name, value in data.items()}
        if years:
            data.setdefault("year", str(years[0]))
        super().__init__(data, **kwargs)
        self.fields["year"].choices = [("", "すべて"), *((year, full_name(year)) for year in years)]
        self.fields["theme"].queryset = Theme.objects.filter(pk__in=public.values("themes"))


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
