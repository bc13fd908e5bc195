"""What to be told of, and where to. Sent by anybody, without an account."""

from django import forms
from django.core.exceptions import ValidationError

from regions.forms import TownField
from regions.models import Subprefecture
from sumairu.fields import AddressField
from support.digests.choices import Choice, kinds_told
from support.models import Pillar


class ForPeople(forms.Form):
    """`website` is for programs that fill in every field: people do not see it."""

    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.offer()
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs["aria-invalid"] = "true"

    def offer(self):
        """Say what may be chosen, before anything is checked."""

    @property
    def is_by_a_program(self):
        return bool(self.cleaned_data.get("website"))


class ChoiceForm(ForPeople):
    town = TownField()
    office = forms.ModelChoiceField(
        Subprefecture.objects.all(),
        label="振興局",
        help_text="市町村を選ばないときは、振興局の管内について受け取れます。",
        to_field_name="slug",
        empty_label="選ばない",
        required=False,
        error_messages={"invalid_choice": "その振興局はありません。一覧から選んでください。"},
    )
    pillars = forms.MultipleChoiceField(
        label="支援の柱",
        choices=Pillar.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=Pillar.values,
        error_messages={"required": "支援の柱を一つ以上選んでください。", "invalid_choice": "その柱はありません。"},
    )
    kinds = forms.MultipleChoiceField(
        label="知りたいこと",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "知りたいことを一つ以上選んでください。",
            "invalid_choice": "その種類はありません。",
        },
    )

    def offer(self):
        told = kinds_told()
        self.fields["kinds"].choices, self.fields["kinds"].initial = told.items(), list(told)
        self.fields["town"].empty_label = "選ばない"

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("town") and not cleaned.get("office"):
            raise ValidationError("市町村か振興局を選んでください。")
        return cleaned

    @property
    def choice(self):
        """What was chosen; where that is all there is, what will be added later is wanted, too."""
        chosen = self.cleaned_data
        pillars = [] if len(chosen["pillars"]) == len(Pillar) else chosen["pillars"]
        kinds = [] if len(chosen["kinds"]) == len(kinds_told()) else chosen["kinds"]
        town = chosen["town"]
        return Choice(town, None if town else chosen["office"], tuple(sorted(pillars)), tuple(sorted(kinds)))

    @staticmethod
    def initial_of(choice):
        return {
            "town": choice.town and choice.town.code,
            "office": choice.office and choice.office.slug,
            "pillars": choice.pillars or Pillar.values,
            "kinds": choice.kinds or list(kinds_told()),
        }


class SignUpForm(ChoiceForm):
    field_order = ["town", "office", "pillars", "kinds", "email", "website"]
    email = AddressField()


class ReminderForm(ForPeople):
    field_order = ["email", "website"]
    email = AddressField()
