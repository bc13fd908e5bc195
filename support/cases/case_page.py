"""What the page of a case shows: what was done and what came of it, and which others are near it."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from regions.models import Initiative
from sumairu.lib.days import full_period
from sumairu.related import tables_beside
from support.cases.descriptions import FIGURES, shown_cases, with_places
from support.cases.models import Case
from support.cases.models.cases import TEXTS
from support.models import Program

OTHERS = 6  # the list has all


@dataclass
class CasePage:
    case: Case

    @property
    def parents(self):
        return [("先行事例", reverse("case_list"))]

    @property
    def desk(self):
        """Its own; else the first of the office that keeps it."""
        if self.case.desk or not self.case.subprefecture:
            return self.case.desk
        return self.case.subprefecture.desks.select_related("subprefecture").first()

    @property
    def texts(self):
        """What is told in words: by the name of the field its label and text, without what is empty."""
        return {
            name: (self.case._meta.get_field(name).verbose_name, text)
            for name in TEXTS
            if (text := getattr(self.case, name))
        }

    def _told(self, *names):
        return [self.texts[name] for name in names if name in self.texts]

    @property
    def before(self):
        return self._told("reason", "aim")

    @property
    def hard(self):
        return self._told("challenge", "constraints", "ingenuity")

    @property
    def learned(self):
        return self._told("lessons", "sustaining", "spread")

    @property
    def evaluation(self):
        return self._told("evaluation")

    @property
    def period(self):
        """「2021年6月1日から2022年2月28日まで」; empty where neither is known."""
        return full_period(self.case.starts_on, self.case.ends_on)

    @cached_property
    def figures(self):
        return list(self.case.figures.all())

    @cached_property
    def towns(self):
        return list(self.case.municipalities.all())

    @cached_property
    def themes(self):
        return list(self.case.themes.all())

    @cached_property
    def programs(self):
        return list(self._programs)

    @property
    def _programs(self):
        return Program.objects.published().filter(cases=self.case)

    @cached_property
    def pictures(self):
        return list(self.case.pictures.select_related("case").with_copies())

    @cached_property
    def links(self):
        return list(self.case.links.order_by("pk"))

    @cached_property
    def attachments(self):
        return self.case.attachments.select_related("case", "file")

    @cached_property
    def made_from(self):
        """The initiative that it was made of, where that is public."""
        return Initiative.objects.published().filter(pk=self.case.made_from_id).select_related("subprefecture").first()

    @cached_property
    def others(self):
        """Those that it names or that name it, then those that used a programme that it used, then those with a theme of its."""
        public = Case.objects.published().exclude(pk=self.case.pk)
        named = Q(related_from=self.case) | Q(related=self.case)
        chosen = list(with_places(public.filter(named).distinct())[:OTHERS])
        shared = Case.themes.through.objects.filter(case=OuterRef("pk"), theme__in=self.case.themes.values("pk"))
        used = Case.programs.through.objects.filter(case=OuterRef("pk"), program__in=self._programs.values("pk"))
        alike = public.filter(Exists(used) | Exists(shared)).exclude(pk__in=[case.pk for case in chosen])
        in_order = alike.order_by(Exists(used).desc(), "-fiscal_year", "key")
        return [*chosen, *with_places(in_order)[: OTHERS - len(chosen)]]

    @property
    def shown(self):
        title = self.case.title
        return [
            FIGURES.shown(FIGURES.public().filter(case=self.case), title=f"{title}の成果の数値"),
            shown_cases(self.others, f"{title}に近い先行事例"),
            *tables_beside(self.case),
        ]
