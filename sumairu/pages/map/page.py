"""What the map shows: the layer that is asked for, its years, its table, and the years beside each other."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from regions.models import Initiative, Municipality
from regions.town_figures import FACT, INDICATOR, POPULATION, newest_figures, over_years, people_of
from regions.town_map import UNKNOWN, shaded
from sumairu.lib.excerpts import typed
from sumairu.lib.map_steps import steps_of
from sumairu.lib.shown import Column, Shown
from sumairu.lib.year_strip import YearLink
from sumairu.pages.map.chart import whole_chart
from sumairu.pages.map.layers import call_layer, figure_layer, initiative_layer, program_layer
from support.standing import standings

PROGRAM, CALL, INITIATIVE = "program", "call", "initiative"
PER_HEAD = "head"
FIRST = f"{FACT}.{POPULATION}"  # what is shown where nothing is asked for
NOT_KNOWN = "資料なし"
MOST_YEARS = 8  # small maps beside each other
LABELS = {FACT: "統計", INDICATOR: "指標", PROGRAM: "支援制度（使えるまち）", CALL: "募集（受付中の管内）"}


class MapForm(forms.Form):
    """`show` is what is drawn: fact.population, indicator.furusato, program.x, call.x or initiative.kushiro-2021-1."""

    show = forms.CharField(required=False)
    year = forms.CharField(required=False)
    per = forms.CharField(required=False)

    def __init__(self, data):
        super().__init__({name: typed(data.get(name, ""))[:100] for name in self.base_fields})

    @property
    def asked(self):
        """What sort of thing is asked for, and which."""
        sort, _, slug = (self.data["show"] or FIRST).partition(".")
        return sort, slug

    @property
    def chosen_year(self):
        text = self.data["year"]
        return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None

    @property
    def is_per_head(self):
        return self.data["per"] == PER_HEAD


@dataclass
class MapPage:
    form: MapForm

    @cached_property
    def towns(self):
        towns = Municipality.objects.governed().select_related("subprefecture")
        return list(towns.order_by("subprefecture__order", "code"))

    # What can be shown.

    @cached_property
    def _newest(self):
        return newest_figures()

    @cached_property
    def _standings(self):
        return standings()

    @cached_property
    def groups(self):
        """Groups of what can be chosen: a label, and of each its key, its name and whether it is shown."""
        shown = ".".join(self.form.asked)
        found = {sort: [] for sort in LABELS}
        for each in self._newest:
            found[each.key.partition(".")[0]].append((each.key, each.label))
        for standing in self._standings:
            name = standing.program.official_name
            if standing.is_applied_for:
                found[PROGRAM].append((f"{PROGRAM}.{standing.program.slug}", name))
            if standing.calls:
                found[CALL].append((f"{CALL}.{standing.program.slug}", name))
        if self.initiative:
            found["取組"] = [(shown, str(self.initiative))]
        return [
            (LABELS.get(sort, sort), [(key, name, key == shown) for key, name in those])
            for sort, those in found.items()
            if those
        ]

    @cached_property
    def initiative(self):
        sort, slug = self.form.asked
        public = Initiative.objects.published().select_related("subprefecture")
        return public.filter(code=slug).first() if sort == INITIATIVE else None

    # What is shown.

    @cached_property
    def _years(self):
        """The figures of every year of the statistic or indicator that is asked for, oldest first."""
        sort, slug = self.form.asked
        return over_years(sort, slug) if sort in (FACT, INDICATOR) else []

    @cached_property
    def _people(self):
        return over_years(FACT, POPULATION)

    @cached_property
    def figures(self):
        """Those of the year that is asked for, else of the newest; None where there are none."""
        asked = [each for each in self._years if each.year == self.form.chosen_year]
        return (asked or self._years[-1:] or [None])[0]

    @property
    def is_divided(self):
        """Can it be seen per head?"""
        return self.figures is not None and self.figures.is_divided and bool(self._people)

    @property
    def is_per_head(self):
        return self.is_divided and self.form.is_per_head

    def _drawn(self, figures):
        people = people_of(figures.year, self._people) if self.is_per_head else None
        return figures if people is None else figures.per_head(people)

    @cached_property
    def layer(self):
        """None where there is nothing such, or nothing is known of it."""
        sort, slug = self.form.asked
        if self.figures is not None:
            url = reverse("indicator_detail", args=[slug]) if sort == INDICATOR else ""
            return figure_layer(self._drawn(self.figures), self.towns, url=url)
        if sort in (PROGRAM, CALL):
            make = program_layer if sort == PROGRAM else call_layer
            standing = next((each for each in self._standings if each.program.slug == slug), None)
            return standing and make(standing, self.towns)
        return initiative_layer(self.initiative, self.towns) if self.initiative else None

    @property
    def divided_words(self):
        """By whom figures are divided; empty where they are not."""
        if not self.is_per_head:
            return ""
        people = people_of(self.figures.year, self._people)
        return f"{people.year}年10月1日の国勢調査の総人口で割った値です。"

    @cached_property
    def map(self):
        """None where there is nothing to draw."""
        layer = self.layer
        if layer is None:
            return None
        steps = {town.code5: layer.steps.get(town.pk, UNKNOWN) for town in self.towns}
        words = {town.code5: layer.texts.get(town.pk, NOT_KNOWN) for town in self.towns}
        return shaded(layer.title, self.towns, steps, words, layer.legend)

    @cached_property
    def rows(self):
        """The table beside the map: each town, what is said of it, and its place; the largest first, what is not known last."""
        layer = self.layer
        found = [(town, layer.texts.get(town.pk, ""), layer.places.get(town.pk)) for town in self.towns]
        if not layer.places:
            return found
        return sorted(found, key=lambda row: row[2].place if row[2] else len(found) + 1)

    @property
    def shown(self):
        """The table, and the chart of all municipalities together, as they are taken away."""
        if self.layer is None:
            return
        layer = self.layer
        places = layer.places
        yield Shown(
            f"{layer.title}（{layer.year_words}）",
            [
                Column("municipality_code", "全国地方公共団体コード"),
                Column("municipality", "市町村"),
                Column("subprefecture", "振興局"),
                Column("value", layer.title, layer.unit, "number" if layer.is_counted else "text"),
                *([Column("place", "順位（大きい順）", type="integer")] if places else []),
            ],
            lambda: [
                [
                    town.code,
                    town.name,
                    town.subprefecture.name,
                    layer.values.get(town.pk),
                    *([places[town.pk].place if town.pk in places else None] if places else []),
                ]
                for town, _, _ in self.rows
            ],
            slug="towns",
            sources=list(filter(None, [layer.source])),
            notes=list(filter(None, [self.divided_words])),
        )
        if self.map and self.whole:
            yield self.whole.shown

    # Otherwise: in another year, per head, all years at once.

    def _address(self, year=None, per=None):
        per = self.form.is_per_head if per is None else per
        asked = {"show": ".".join(self.form.asked), "year": year or "", "per": PER_HEAD if per else ""}
        return f"{reverse('map')}?{urlencode({name: value for name, value in asked.items() if value})}"

    @property
    def per_head_address(self):
        return self._address(self.form.chosen_year, per=not self.is_per_head)

    @property
    def years(self):
        """A link for each year that has figures; none where there is but one."""
        if len(self._years) < 2:
            return []
        return [
            YearLink(each.calendar.name(each.year), str(each.year), self._address(each.year), each is self.figures)
            for each in self._years
        ]

    @cached_property
    def whole(self):
        """All municipalities together over the years; None where that makes no sense."""
        return whole_chart(self._years, self._people, self.is_per_head)

    @cached_property
    def small(self):
        """Of the last years a small map each, in steps that all of them share: the layer, and the shapes of each step."""
        years = [self._drawn(each) for each in self._years[-MOST_YEARS:]]
        if len(years) < 2 or years[-1].is_yes_no:
            return []
        keys = {town.pk for town in self.towns}
        bounds = steps_of(value for each in years for pk, value in each.values.items() if pk in keys)
        layers = [figure_layer(each, self.towns, bounds) for each in years]
        return [(layer, _by_step(layer, self.towns)) for layer in layers]

    @property
    def small_legend(self):
        """What the shades of all small maps mean."""
        return [(step, label, 0) for step, label, _ in self.small[-1][0].legend]


def _by_step(layer, towns):
    """The keys of the shapes of each step: what a small map draws again stands on the page already."""
    found = {}
    for town in towns:
        found.setdefault(layer.steps.get(town.pk, UNKNOWN), []).append(town.code5)
    return sorted(found.items())
