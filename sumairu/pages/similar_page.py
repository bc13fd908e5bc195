"""What the page of the towns like one shows: by what they are alike, and what they may use or do that this one does not."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import Exists, OuterRef
from django.urls import reverse

from regions.models import Indicator, IndicatorFigure, Initiative, Municipality
from regions.similar import LEAST, MOST, USUAL, SimilarTowns
from sumairu.lib.excerpts import typed
from sumairu.lib.shown import Column, Shown
from sumairu.lib.similarity import Near
from sumairu.pages.compare.choice import MOST as MOST_COMPARED
from sumairu.pages.compare.choice import TOWNS, Choice
from support.answers import USABLE_NOW, Answer, Group, answers_for_each
from support.uptake.records import Uptake, uptake_of_towns

LISTED, TOLD = 20, 5  # towns in the table, and those of whom it is said what they use and do
INITIATIVES = UPTAKES = FIGURES = 5  # of each
USABLE = (*USABLE_NOW, Group.SOON, Group.ASK)


def _weight(label):
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        choices=[(0, "0（使わない）"), (1, "1"), (2, "2"), (3, "3（重く見る）")],
        error_messages={"invalid_choice": f"{LEAST}から{MOST}までの整数で選んでください。{USUAL}として並べています。"},
    )


class WeightForm(forms.Form):
    """How much each measure counts; what cannot be understood is said, and counts as usual."""

    population = _weight("人口")
    change = _weight("人口の増減率")
    aged = _weight("65歳以上の割合")
    primary = _weight("第1次産業の割合")
    finance = _weight("財政力指数")
    area = _weight("面積")

    def __init__(self, data):
        super().__init__({name: typed(data.get(name, "")) or str(USUAL) for name in self.base_fields})

    @cached_property
    def weights(self):
        self.is_valid()
        self.data |= dict.fromkeys(self.errors, str(USUAL))  # which the fields then show
        return {name: self.cleaned_data.get(name, USUAL) for name in self.fields}


@dataclass(frozen=True)
class Neighbour:
    """A town of the list: how near it is, and its values in the order of the measures."""

    town: Municipality
    near: Near
    values: list[str]
    missing: list[str]

    @property
    def distance(self):
        return f"{self.near.distance:.2f}"


@dataclass(frozen=True)
class More:
    """What a similar town used, may use, or does, that the town itself does not."""

    town: Municipality
    uptakes: list[Uptake]  # of programmes of which no use by the town itself is recorded
    answers: list[tuple[Answer, Answer]]  # what it hears of a programme, and what the town itself hears
    initiatives: list[Initiative]
    figures: list[IndicatorFigure]  # of indicators of which nothing is recorded for the town itself

    @property
    def is_any(self):
        return bool(self.uptakes or self.answers or self.initiatives or self.figures)


@dataclass
class SimilarPage:
    town: Municipality
    form: WeightForm

    @property
    def parents(self):
        return [("市町村", reverse("municipality_list")), (self.town.name, self.town.get_absolute_url())]

    @cached_property
    def similar(self):
        return SimilarTowns()

    @property
    def measures(self):
        return self.similar.measures

    @property
    def here(self):
        """The town's own values, in the order of the measures."""
        return [measure.text(self.town.pk) for measure in self.measures]

    @property
    def unknown(self):
        """The measures that are not known of the town itself, and the statistics that the portal does not have."""
        known = {measure.name: measure for measure in self.measures}
        return [
            field.label
            for name, field in self.form.fields.items()
            if name not in known or self.town.pk not in known[name].values
        ]

    @cached_property
    def neighbours(self):
        labels = {measure.name: measure.label for measure in self.measures}
        return [
            Neighbour(
                town,
                near,
                [measure.text(town.pk) for measure in self.measures],
                [labels[name] for name in near.missing],
            )
            for town, near in self.similar.nearest_towns(self.town, LISTED, self.form.weights)
        ]

    @property
    def shown(self):
        """The list as a file: the town itself first, then the others by their distance."""
        rows = [(self.town, None), *((each.town, round(each.near.distance, 4)) for each in self.neighbours)]
        yield Shown(
            f"{self.town}に似たまち",
            [
                Column("municipality_code", "全国地方公共団体コード"),
                Column("municipality", "市町村"),
                Column("subprefecture", "振興局"),
                Column("distance", "遠さ", type="number", about="標準化した差の2乗を重みで平均した値の平方根"),
                *(
                    Column(each.name, each.label, each.unit, "number", f"{each.year_words}。{each.how}してくらべた")
                    for each in self.measures
                ),
            ],
            lambda: [
                [town.code, town.name, town.subprefecture.name, distance, *(m.rounded(town.pk) for m in self.measures)]
                for town, distance in rows
            ],
            slug="near",
            conditions=[f"{self.form.fields[name].label}の重み {weight}" for name, weight in self.form.weights.items()],
            sources=list(dict.fromkeys(each.source for each in self.measures)),
        )

    @property
    def comparison(self):
        """Where the town stands beside the nearest."""
        codes = [self.town.code, *(each.town.code for each in self.neighbours)]
        return Choice(TOWNS, tuple(codes[:MOST_COMPARED])).address

    @cached_property
    def more(self):
        """Of each of the nearest towns: what it may use or does, and this town does not."""
        towns = [each.town for each in self.neighbours[:TOLD]]
        heard = answers_for_each([self.town, *towns]) if towns else []
        initiatives, uptakes, figures = self._initiatives(towns), self._uptakes(towns), self._figures(towns)
        return [
            More(
                town,
                uptakes[town],
                [
                    (answers[place], answers[0])
                    for _, answers in heard
                    if answers[place].group in USABLE and answers[0].group == Group.EXCLUDED
                ],
                initiatives[town],
                figures[town],
            )
            for place, town in enumerate(towns, start=1)
        ]

    @property
    def with_more(self):
        return [each for each in self.more if each.is_any]

    @property
    def without_more(self):
        return [each.town for each in self.more if not each.is_any]

    @cached_property
    def initiative_year(self):
        return Initiative.objects.published().newest_year()

    def _uptakes(self, towns):
        """Of each town the newest uses of programmes that the town itself is not known to have used."""
        recorded = uptake_of_towns([self.town, *towns])
        ours = {uptake.program for uptake in recorded[self.town.pk] if not uptake.took_nothing}
        found = {}
        for town in towns:
            theirs = {}
            for uptake in recorded[town.pk]:
                if uptake.program not in ours and not uptake.took_nothing:
                    theirs.setdefault(uptake.program, uptake)
            found[town] = list(theirs.values())[:UPTAKES]
        return found

    def _figures(self, towns):
        """Of each town the newest figures of indicators that have none of the town itself, of whatever year."""
        found = {town: [] for town in towns}
        recorded = IndicatorFigure.objects.filter(indicator=OuterRef("pk"))
        theirs = Exists(recorded.filter(municipality__in=towns))
        lacking = list(Indicator.objects.filter(theirs, ~Exists(recorded.filter(municipality=self.town))))
        later = IndicatorFigure.objects.filter(
            indicator=OuterRef("indicator"),
            municipality=OuterRef("municipality"),
            fiscal_year__gt=OuterRef("fiscal_year"),
        )
        newest = IndicatorFigure.objects.filter(~Exists(later), indicator__in=lacking, municipality__in=towns)
        by_key = {town.pk: town for town in towns}
        for figure in newest.select_related("indicator").order_by("indicator__order", "indicator__slug"):
            figure.municipality = by_key[figure.municipality_id]
            found[figure.municipality].append(figure)
        return {town: figures[:FIGURES] for town, figures in found.items()}

    def _initiatives(self, towns):
        """Of each town the first initiatives of the newest year that concern it, and not this town."""
        if self.initiative_year is None:
            return {town: [] for town in towns}
        public = Initiative.objects.published().in_year(self.initiative_year)
        ours = public.concerning(self.town)
        found = {}
        for town in towns:
            theirs = list(public.concerning(town).select_related("subprefecture")[: 4 * INITIATIVES])
            shared = set(ours.filter(pk__in=[each.pk for each in theirs]).values_list("pk", flat=True))
            found[town] = [each for each in theirs if each.pk not in shared][:INITIATIVES]
        return found
