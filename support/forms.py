"""What a reader may ask of the list of programmes, and how an editor says who may use one."""

from django import forms
from django.template.loader import render_to_string

from regions.models import Fact, Subprefecture, Theme
from sumairu.lib.eligibility import NO, YES
from sumairu.lib.excerpts import typed
from sumairu.lib.rule_values import JOINED_BY, parts_of
from support.models import EligibilityRule, Program, known_of


class ProgramFilter(forms.Form):
    """The themes that some public programme has."""

    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        label="分野",
        to_field_name="slug",
        empty_label="すべて",
        required=False,
        error_messages={"invalid_choice": "その分野の制度はありません。一覧から選んでください。"},
    )

    def __init__(self, data):
        super().__init__({name: typed(value) for name, value in data.items()})
        self.fields["theme"].queryset = Theme.objects.filter(pk__in=Program.objects.published().values("themes"))

    @property
    def asked(self):
        """The theme that is asked for; None where none is, or one that there is not."""
        return self.cleaned_data["theme"] if self.is_valid() else None


class RuleValue(forms.Widget):
    """What a rule asks for: boxes to tick where the fact has names, a field with its unit where it is a number.

    Where the fact is not chosen yet, all of them. All post under one name, and what is typed counts like what is ticked.
    """

    known = None  # what the rule's fact can be
    groups = ()  # the facts that have names, each with its names, for a rule without a fact

    def render(self, name, value, attrs=None, renderer=None):
        parts = parts_of(value or "")
        groups = [("選んでください", self._names())] if self._names() else [] if self.known else self.groups
        names = {each for _, names in groups for each in names}
        is_chosen = bool(parts) and set(parts) <= names
        context = {
            "name": name,
            "value": "" if is_chosen else value or "",
            "id": (attrs or {}).get("id"),
            "described_by": (attrs or {}).get("aria-describedby"),
            "is_typed": not is_chosen and not (self._names() and not value),
            "unit": self.known.unit if self.known else "",
            "groups": [(label, [(each, each in parts) for each in names]) for label, names in groups],
            "is_known": self.known is not None,
        }
        return render_to_string("support/_rule_value.html", context)

    def value_from_datadict(self, data, files, name):
        given = data.getlist(name) if hasattr(data, "getlist") else [data[name]] if name in data else []
        return JOINED_BY.join(value for value in map(str.strip, given) if value)

    def value_omitted_from_data(self, data, files, name):
        return False

    def _names(self):
        if self.known is None:
            return []
        return [YES, NO] if self.known.is_yes_no else list(self.known.names)


class RuleForm(forms.ModelForm):
    value = EligibilityRule._meta.get_field("value").formfield(widget=RuleValue)
    facts: dict  # of each fact's key: its label and what it can be

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        widget = self.fields["value"].widget
        chosen = self.data.get(self.add_prefix("fact")) if self.is_bound else self.instance.fact_id
        _, widget.known = self.facts.get(str(chosen), ("", None))
        widget.groups = [(f"「{label}」のとき", [*known.names]) for label, known in self.facts.values() if known.names]
        widget.groups.append(("はい・いいえで答えるもののとき", [YES, NO]))


def rule_form():
    """The form of a rule, knowing all that rules may ask: two queries, however many rules there are."""
    offices = list(Subprefecture.objects.all())
    facts = {str(fact.pk): (fact.label, known_of(fact, offices)) for fact in Fact.objects.all()}
    return type("RuleForm", (RuleForm,), {"facts": facts})
