"""What somebody wants to see of all changes."""

from django import forms
from django.contrib.auth import get_user_model

from sumairu.fields import DayFormField
from sumairu.versions.who_changed_what import Wanted, offices, sources


class WantedForm(forms.Form):
    by = forms.ModelChoiceField(None, label="人", required=False, empty_label="すべての人")
    office = forms.ModelChoiceField(None, label="振興局", required=False, empty_label="すべて")
    kind = forms.ChoiceField(label="種類", required=False)
    since = DayFormField(label="いつから", required=False)
    until = DayFormField(label="いつまで", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["by"].queryset = get_user_model().objects.all()
        self.fields["office"].queryset = offices()
        kinds = sorted({pair for source in sources() for pair in source.kinds.items()}, key=lambda pair: pair[1])
        self.fields["kind"].choices = [("", "すべて"), *kinds]

    @property
    def wanted(self):
        """What was asked for, as far as it could be understood."""
        return Wanted(**{name: self.cleaned_data.get(name) for name in self.fields}) if self.is_valid() else Wanted()
