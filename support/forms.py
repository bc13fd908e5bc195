"""What a reader may ask of programmes, and how an editor says who may use one."""

from functools import cached_property

from django import forms
from django.template.loader import render_to_string

from regions.forms import TownField
from regions.models import Fact, Municipality, Subprefecture, Theme
from sumairu.lib.eligibility import NO, YES
from sumairu.lib.excerpts import typed
from sumairu.lib.rule_values import JOINED_BY, parts_of
from sumairu.publishing.as_of import AsOf
from support.applicants import Who
from support.calls_page import WITHIN, Asked
from support.models import EligibilityRule, Pillar, Program, known_of
from support.models.programs import Use
from support.navigator import Need, Question, When
from support.navigator.need import END


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


class OneOf(forms.TypedChoiceField):
    """One of an enumeration's members; None where nothing is given."""

    def __init__(self, members, **kwargs):
        wrong = {"invalid_choice": "この答えは選べません。選び直してください。"}
        super().__init__(
            choices=members.choices, coerce=members, empty_value=None, required=False, error_messages=wrong, **kwargs
        )


class CallFilter(forms.Form):
    """Which calls are listed. What cannot be understood is said at its field, and narrows nothing."""

    town = TownField()
    pillar = OneOf(Pillar, label="支援の柱")
    applicant = OneOf(Who, label="申し込む人")
    within = forms.TypedChoiceField(
        label="締切まで",
        choices=[("", "すべて"), *((days, f"{days}日以内") for days in WITHIN)],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "締切までの日数は、一覧から選んでください。"},
    )

    on = forms.CharField(
        label="いつの時点",
        max_length=40,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data):
        super().__init__({name: typed(value) for name, value in data.items()})
        self.as_of = AsOf(self.data.get("on", ""))
        span = {"min": self.as_of.first.isoformat(), "max": self.as_of.last.isoformat()}
        self.fields["on"].widget.attrs.update(span)
        for name in ("pillar", "applicant"):
            self.fields[name].choices = [("", "すべて"), *self.fields[name].choices]

    def clean_on(self):
        if self.as_of.error:
            raise forms.ValidationError(self.as_of.error)
        return self.as_of.iso

    @property
    def asked(self):
        self.is_valid()
        return Asked(**{name: self.cleaned_data.get(name) for name in self.fields})


class NeedForm(forms.Form):
    """The answers in the address of the navigator. Those that cannot be understood are said, and the others hold."""

    who = OneOf(Who)
    town = forms.CharField(
        required=False,
        max_length=100,
        error_messages={"max_length": "まちの名前は100字までで入れてください。いまは%(show_value)d字あります。"},
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        to_field_name="slug",
        required=False,
        error_messages={"invalid_choice": "この分野の支援制度はありません。選び直してください。"},
    )
    pillar = OneOf(Pillar)
    use = OneOf(Use)
    when = OneOf(When)
    ask = forms.ChoiceField(
        choices=[*((question.key, question.heading) for question in Question), (END, "")],
        required=False,
        error_messages={"invalid_choice": "この質問はありません。はじめの質問から進んでください。"},
    )

    def __init__(self, data):
        super().__init__({name: typed(value) for name, value in data.items()})
        self.fields["theme"].queryset = Theme.objects.filter(pk__in=Program.objects.published().values("themes"))
        self.candidates = []  # the towns that what was typed may mean, where they are several

    def clean_town(self):
        text = self.cleaned_data["town"]
        if not text:
            return None
        found = list(Municipality.objects.governed().matching(text).select_related("subprefecture"))
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                f"「{text}」というまちは見つかりません。漢字・かな・ローマ字・団体コードのどれかで入れてください。"
            )
        self.candidates = found
        raise forms.ValidationError(f"「{text}」に当たるまちは{len(found)}つあります。次から選んでください。")

    @cached_property
    def need(self):
        """What was understood; the first question whose answer was not is asked again."""
        wrong = next((name for name in self.errors if name != "ask"), "")
        return Need(**self.cleaned_data | ({"ask": wrong} if wrong else {}))

    @property
    def wrong(self):
        """What was not understood, for each question once; a town is told at its field."""
        labels = {question.key: question.label for question in Question}
        return [
            f"{labels[name]}：{error}" if name in labels else error
            for name, errors in self.errors.items()
            for error in errors
            if name != "town"
        ]


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
