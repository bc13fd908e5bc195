"""What a reader may ask of the list of notices and of their feed."""

from urllib.parse import urlencode

from django import forms

from regions.forms import TypedTownField
from regions.models import Subprefecture, Theme
from sumairu.lib.excerpts import typed
from support.forms import OneOf
from support.models import Pillar
from support.notices.models import Notice


class NoticeFilter(forms.Form):
    """Which notices are told of. What cannot be understood is said at its field, and narrows nothing."""

    town = TypedTownField()
    office = forms.ModelChoiceField(
        Subprefecture.objects.all(),
        label="振興局",
        to_field_name="slug",
        empty_label="すべて",
        required=False,
        error_messages={"invalid_choice": "その振興局はありません。一覧から選んでください。"},
    )
    pillar = OneOf(Pillar, label="支援の柱")
    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        label="分野",
        to_field_name="slug",
        empty_label="すべて",
        required=False,
        error_messages={"invalid_choice": "その分野のお知らせはありません。一覧から選んでください。"},
    )
    kind = OneOf(Notice.Kind, label="種類")
    due = forms.TypedChoiceField(
        label="期限",
        choices=[("", "すべて"), ("ahead", "これから期限がくるもの")],
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "期限は、一覧から選んでください。"},
    )
    q = forms.CharField(label="言葉", max_length=100, required=False)

    def __init__(self, data):
        super().__init__({name: typed(value) for name, value in data.items()})
        self.fields["theme"].queryset = Theme.objects.of_some(Notice.objects.current())
        for name in ("pillar", "kind"):
            self.fields[name].choices = [("", "すべて"), *self.fields[name].choices]

    @property
    def asked(self):
        """What was understood, by name."""
        self.is_valid()
        return {name: value for name in self.fields if (value := self.cleaned_data.get(name))}


KEYS = {
    "town": lambda town: town.code,
    "office": lambda office: office.slug,
    "pillar": lambda pillar: pillar.value,
    "theme": lambda theme: theme.slug,
    "kind": lambda kind: kind.value,
    "due": str,
    "q": str,
}


def query_of(asked):
    """As an address asks it, the same for the list and its feed."""
    return urlencode({name: KEYS[name](value) for name, value in asked.items()})
