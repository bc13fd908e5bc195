"""What a reader may ask of the list of cases."""

from django import forms

from regions.forms import TypedTownField
from regions.models import Subprefecture, Theme
from sumairu.lib.excerpts import typed
from sumairu.lib.wareki import full_name
from support.cases.descriptions import SIZE_NAMES
from support.cases.models import Case
from support.models import Program


class CaseFilter(forms.Form):
    """The themes, years and programmes that some public case has."""

    theme = forms.ModelChoiceField(
        Theme.objects.none(), label="分野", to_field_name="slug", empty_label="すべて", required=False
    )
    size = forms.ChoiceField(
        label="まちの人口（2020年国勢調査）", choices=[("", "すべて"), *SIZE_NAMES.items()], required=False
    )
    program = forms.ModelChoiceField(
        Program.objects.none(), label="利用した支援制度", to_field_name="slug", empty_label="すべて", required=False
    )
    office = forms.ModelChoiceField(
        Subprefecture.objects.all(), label="振興局", to_field_name="slug", empty_label="すべて", required=False
    )
    town = TypedTownField()
    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)
    q = forms.CharField(label="言葉", max_length=100, required=False)

    def __init__(self, data, **kwargs):
        super().__init__({name: typed(value) for name, value in data.items()}, **kwargs)
        public = Case.objects.published()
        years = [("", "すべて"), *((year, full_name(year)) for year in public.fiscal_years()[::-1])]
        self.fields["year"].choices = years
        self.fields["theme"].queryset = Theme.objects.filter(cases__in=public).distinct()
        self.fields["program"].queryset = Program.objects.published().filter(cases__in=public).distinct()
