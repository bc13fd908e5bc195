"""What a reader may look up."""

from django import forms

from sumairu.lib.excerpts import query_words, typed


class LookUp(forms.Form):
    """A few words. What cannot be typed on purpose (control characters) is passed over, not complained of."""

    q = forms.CharField(
        required=False,
        max_length=100,
        error_messages={"max_length": "100字までで入れてください。いまは%(show_value)d字あります。"},
    )

    def __init__(self, data):
        super().__init__({name: typed(data.get(name, "")) for name in self.base_fields})

    @property
    def query(self):
        """What is looked for; empty where that is nothing, or too much."""
        return self.cleaned_data["q"] if self.is_valid() and query_words(self.cleaned_data["q"]) else ""


class SearchForm(LookUp):
    """A few words, and the values of facets to which the search is narrowed, as they stand in addresses."""

    kind = forms.CharField(required=False)
    year = forms.CharField(required=False)
    pillar = forms.CharField(required=False)
    office = forms.CharField(required=False)
    theme = forms.CharField(required=False)
    town = forms.CharField(required=False)

    @property
    def chosen(self):
        return {name: self.data[name][:60] for name in self.fields if name != "q"}
