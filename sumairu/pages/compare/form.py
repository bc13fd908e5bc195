"""What a reader asks to be compared, read from an address; what cannot be understood is said, and the rest holds."""

from functools import cached_property

from django import forms

from regions.models import Municipality, Subprefecture
from sumairu.lib.excerpts import typed
from sumairu.lib.wareki import full_name
from sumairu.pages.compare.choice import (
    BETWEEN,
    DIFFERENT,
    MOST,
    OFFICES,
    PER_HEAD,
    PROGRAMS,
    SORTS,
    TOWNS,
    YEARS_OF_OFFICE,
    YEARS_OF_PROGRAM,
    Choice,
)
from sumairu.pages.compare.years import years_of_office, years_of_program
from support.models import Program

LONGEST = 400  # characters of a list of keys


class CompareForm(forms.Form):
    """`add` and `also` are one more each of what `sort` names, or of what the address compares already."""

    towns = forms.CharField(required=False)
    programs = forms.CharField(required=False)
    offices = forms.CharField(required=False)
    program = forms.CharField(required=False)
    office = forms.CharField(required=False)
    years = forms.CharField(required=False)
    sort = forms.CharField(required=False)
    add = forms.CharField(required=False)
    also = forms.CharField(required=False)
    per = forms.CharField(required=False)
    only = forms.CharField(required=False)

    def __init__(self, data):
        super().__init__({name: typed(data.get(name, ""))[:LONGEST] for name in self.base_fields})
        self.wrong = []  # what was not understood, in sentences
        self.candidates = []  # pairs of a town that may be meant, and the address with it

    @cached_property
    def compared(self):
        """What is compared; None where the address names nothing."""
        asked = self.data
        if asked["program"] or asked["office"]:
            return YEARS_OF_PROGRAM if asked["program"] else YEARS_OF_OFFICE
        return next((each for each in SORTS if not each.of and each.param in (asked["sort"], *self._filled)), None)

    @property
    def _filled(self):
        return [name for name in ("towns", "programs", "offices") if self.data[name]]

    @cached_property
    def choice(self):
        """What was understood; None where nothing is asked for."""
        if self.compared is None:
            return None
        owner = self.data[self.compared.of] if self.compared.of else ""
        if self.compared.of and self.owner is None:
            noun = "支援制度" if self.compared == YEARS_OF_PROGRAM else "振興局"
            self.wrong.append(f"その{noun}は見つかりません。一覧から選んでください。")
            return None
        chosen = Choice(
            self.compared,
            owner=owner,
            per=PER_HEAD if self.data["per"] == PER_HEAD and self.compared.is_counted else "",
            only=DIFFERENT if self.data["only"] == DIFFERENT else "",
        )
        for key in self._asked:
            chosen = self._with(chosen, key, self._known_keys.get(key))
        for text in filter(None, (self.data["add"], self.data["also"])):
            chosen = self._with(chosen, text, self._meant(text, chosen))
        return chosen

    @cached_property
    def owner(self):
        """The programme or office whose years are compared; None where there is none such."""
        if self.compared == YEARS_OF_PROGRAM:
            return Program.objects.published().filter(slug=self.data["program"]).first()
        if self.compared == YEARS_OF_OFFICE:
            return Subprefecture.objects.filter(slug=self.data["office"]).first()
        return None

    @cached_property
    def options(self):
        """What can be added, as pairs of a key and a name; of towns none, since their names are typed."""
        chosen = self.choice.keys if self.choice else ()
        return [(key, name) for key, name in self.names.items() if key not in chosen]

    @cached_property
    def names(self):
        if self.compared == PROGRAMS:
            return dict(Program.objects.published().values_list("slug", "official_name"))
        if self.compared == OFFICES:
            return dict(Subprefecture.objects.values_list("slug", "name"))
        if self.compared in (YEARS_OF_PROGRAM, YEARS_OF_OFFICE):
            years = years_of_program if self.compared == YEARS_OF_PROGRAM else years_of_office
            return {str(year): full_name(year) for year in sorted(years(self.owner), reverse=True)}
        return {}

    @property
    def _asked(self):
        return [key for key in dict.fromkeys(self.data[self.compared.param].split(BETWEEN)) if key]

    @cached_property
    def _known_keys(self):
        """Of what the address names, each that there is."""
        if self.compared == TOWNS:
            towns = Municipality.objects.governed().filter(code__in=self._asked[: 2 * MOST])
            return {code: code for code in towns.values_list("code", flat=True)}
        return {key: key for key in self._asked if key in self.names}

    def _meant(self, text, chosen):
        """The key that what was typed or chosen means; None where it means none, or several."""
        if self.compared != TOWNS:
            return text if text in self.names else None
        found = list(Municipality.objects.governed().matching(text).select_related("subprefecture")[: MOST + 1])
        if len(found) == 1:
            return found[0].code
        self.candidates += [(town, chosen.but(keys=(*chosen.keys, town.code)).address) for town in found]
        return None

    def _with(self, chosen, text, key):
        """`chosen` with one more; where that cannot be, as it is, and why."""
        said = text if len(text) <= 40 else f"{text[:39]}…"
        if key is None and self.candidates:
            self.wrong.append(f"「{said}」に当たるまちは、いくつかあります。次から選んでください。")
        elif key is None:
            self.wrong.append(f"「{said}」という{self.compared.noun}は見つかりません。")
        elif key in chosen.keys:
            return chosen
        elif chosen.is_full:
            self.wrong.append(f"くらべられるのは{MOST}つまでです。「{said}」は加えていません。")
        else:
            return chosen.but(keys=(*chosen.keys, key))
        return chosen
