"""What a reader may ask of the list of strategies, and staff of the list of gaps."""

from django import forms

from regions.models import Subprefecture
from sumairu.lib.excerpts import typed
from support.strategies.models import State


class OfficeFilter(forms.Form):
    office = forms.ModelChoiceField(
        Subprefecture.objects.all(), label="振興局", to_field_name="slug", empty_label="すべて", required=False
    )

    def __init__(self, data, **kwargs):
        super().__init__({name: typed(value) for name, value in data.items()}, **kwargs)


class StrategyFilter(OfficeFilter):
    state = forms.ChoiceField(
        label="様子", choices=[("", "すべて"), *((state.key, state.label) for state in State)], required=False
    )
