"""What a reader may ask of the list of what towns took."""

from django import forms
from django.db.models import Exists, OuterRef

from regions.forms import TypedTownField
from regions.models import Subprefecture
from sumairu.lib.excerpts import typed
from sumairu.lib.wareki import full_name
from support.models import Program
from support.uptake.models import Counted, UptakeFigure


class UptakeFilter(forms.Form):
    """A year, a programme, an office, a town; and which number the map shows."""

    program = forms.ModelChoiceField(
        Program.objects.none(), label="支援制度", to_field_name="slug", empty_label="すべて", required=False
    )
    year = forms.TypedChoiceField(label="年度", coerce=int, empty_value=None, required=False)
    office = forms.ModelChoiceField(
        Subprefecture.objects.all(), label="振興局", to_field_name="slug", empty_label="すべて", required=False
    )
    town = TypedTownField()
    counted = forms.ChoiceField(label="地図に示す数", choices=Counted.choices, required=False)

    def __init__(self, data, **kwargs):
        public = UptakeFigure.objects.published()
        years = public.fiscal_years()[::-1]
        super().__init__({name: typed(value) for name, value in data.items()}, **kwargs)
        self.fields["year"].choices = [("", "指定しない"), *((year, full_name(year)) for year in years)]
        self.fields["program"].queryset = Program.objects.filter(Exists(public.filter(program=OuterRef("pk"))))
