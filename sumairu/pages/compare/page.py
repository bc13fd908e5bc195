"""What the page of a comparison shows: what is compared, what can be added or taken away, and the rows."""

from dataclasses import dataclass
from functools import cached_property

from regions.models import Municipality, Subprefecture
from sumairu.pages.compare.choice import (
    DIFFERENT,
    OFFICES,
    PER_HEAD,
    PROGRAMS,
    TOWNS,
    YEARS_OF_OFFICE,
    YEARS_OF_PROGRAM,
)
from sumairu.pages.compare.form import CompareForm
from sumairu.pages.compare.offices import compare_offices
from sumairu.pages.compare.programs import compare_programs
from sumairu.pages.compare.towns import compare_towns
from sumairu.pages.compare.years import compare_years_of_office, compare_years_of_program
from support.models import Program


@dataclass
class ComparePage:
    form: CompareForm

    @property
    def choice(self):
        return self.form.choice

    @cached_property
    def comparison(self):
        """None where fewer than two are chosen."""
        if self.choice is None or not self.choice.is_enough:
            return None
        if self.choice.sort in (YEARS_OF_PROGRAM, YEARS_OF_OFFICE):
            make = compare_years_of_program if self.choice.sort == YEARS_OF_PROGRAM else compare_years_of_office
            return make(self.choice, self.form.owner)
        by_sort = {TOWNS: compare_towns, PROGRAMS: compare_programs, OFFICES: compare_offices}
        return by_sort[self.choice.sort](self.choice)

    @cached_property
    def subjects(self):
        """Of each that is chosen: its name, and the address without it."""
        if self.comparison:
            names = {subject.key: subject.name for subject in self.comparison.subjects}
        elif self.choice.sort == TOWNS:
            names = dict(Municipality.objects.filter(code__in=self.choice.keys).values_list("code", "name"))
        else:
            names = self.form.names
        return [(names[key], self.choice.without(key).address) for key in self.choice.keys]

    @property
    def kept(self):
        """What a form that adds one sends along."""
        return self.choice.parameters | ({} if self.choice.sort.of else {"sort": self.choice.sort.param})

    @property
    def switches(self):
        """Of each way to see it otherwise: the words, and the address."""
        choice = self.choice
        if choice.sort.is_counted:
            other = "" if choice.per else PER_HEAD
            yield ("もとの数で見る" if choice.per else "人口1人あたりで見る"), choice.but(per=other).address
        other = "" if choice.only else DIFFERENT
        yield ("すべての項目を見る" if choice.only else "ちがう項目だけを見る"), choice.but(only=other).address

    @property
    def address_of_all(self):
        return self.choice.but(only="").address

    @property
    def shown(self):
        return [self.comparison.shown] if self.comparison else []

    # The first page, on which nothing is chosen yet.

    @cached_property
    def towns(self):
        return Municipality.objects.governed()

    @cached_property
    def programs(self):
        return Program.objects.published()

    @cached_property
    def offices(self):
        return Subprefecture.objects.all()
