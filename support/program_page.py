"""What the page of a programme shows: one of its editions as it stands today, to everybody or to one town."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch
from django.urls import reverse

from regions.models import Municipality, Subprefecture
from sumairu.lib.eligibility import State as Eligibility
from sumairu.lib.eligibility import stated
from sumairu.lib.numbered import numbered
from sumairu.lib.shown import Column, Shown
from sumairu.lib.wareki import era_name, full_name
from sumairu.lib.year_strip import year_strip
from sumairu.publishing.as_of import on_day
from sumairu.related import tables_beside
from support.answers import IN_ANOTHER_YEAR, Answer
from support.calls import call_in
from support.charts import charts_of
from support.comparison import differences, in_words
from support.descriptions import EDITIONS, WINDOWS, shown_chart
from support.last_known import known, known_rows
from support.linked_data import service
from support.models import EditionAttachment, Program
from support.next_step import next_step
from support.reach import reach_of
from support.standing import standing_among

ELSEWHERE = {"excludes", "how_to_apply", "apply_url"}
VERDICT_MARKS = {Eligibility.USABLE: "usable", Eligibility.DEPENDS: "maybe", Eligibility.EXCLUDED: "not"}


_PURPOSES = EditionAttachment.Purpose.values
_DESKS = [
    Column("subprefecture", "振興局"),
    Column("desk", "窓口"),
    Column("phone", "電話"),
    Column("email", "メール"),
    Column("confirmed_on", "確認日", type="date"),
    Column("is_sample", "見本", choices=("はい", "いいえ")),
]


def in_order_of_purpose(attachment):
    return _PURPOSES.index(attachment.purpose)


@dataclass
class ProgramPage:
    """The page of the edition of `year`; without a year, of the one in force."""

    program: Program
    year: int | None = None
    town: Municipality | None = None
    on: date | None = None  # the day that it stands on, over what is public today

    @cached_property
    def editions(self):
        """Every public edition by its fiscal year, newest first."""
        editions = (
            self.program.editions.published()
            .select_related("program", "same_as")
            .prefetch_related(
                "same_as__rules",
                "same_as__links",
                "windows__subprefecture",
                "rules__fact",
                "local_notes__subprefecture",
                "links",
                "attachments__file",
            )
        )
        return {edition.fiscal_year: edition for edition in editions}

    @cached_property
    def standing(self):
        return standing_among(self.program, list(self.editions.values()), on=self.on, town=self.town)

    @cached_property
    def edition(self):
        """None where the year has no public one."""
        return self.editions.get(self.year or self.standing.edition.fiscal_year)

    @property
    def parents(self):
        pillar = self.program.get_pillar_display(), reverse("pillar_detail", args=[self.program.pillar])
        return [("支援制度", reverse("support_list")), pillar]

    @property
    def canonical(self):
        return self.program.get_absolute_url() if self.edition == self.standing.edition else None

    @property
    def role(self):
        """What the edition is today (`Standing.role_of`)."""
        return self.standing.role_of(self.edition)

    @cached_property
    def successor(self):
        return Program.objects.published().filter(predecessors=self.program).first()

    @property
    def this_year(self):
        return self.standing.this_year

    @property
    def is_of_this_year(self):
        """No year but this one is said to be usable."""
        return self.edition.fiscal_year == self.this_year

    @property
    def years(self):
        kept = f"?town={self.town.code}" if self.town else ""
        urls = {year: on_day(f"{edition.get_absolute_url()}{kept}", self.on) for year, edition in self.editions.items()}
        return year_strip(urls, self.edition.fiscal_year, self.this_year)

    # Whom to ask, and whether the town may use it.

    @cached_property
    def offices(self):
        """Every office with its `towns`, to choose one."""
        return Subprefecture.objects.prefetch_related(
            Prefetch("municipalities", Municipality.objects.governed(), to_attr="towns")
        )

    @cached_property
    def desk(self):
        return self.standing.desk

    @property
    def desk_title(self):
        return f"{self.town}から申し込む窓口" if self.town else "窓口"

    @property
    def desks(self):
        return self.program.desks.all()

    @property
    def others_url(self):
        return "#desks" if self.desks else ""

    @cached_property
    def verdict(self):
        """For a town: the mark, the words and the reasons."""
        if not (self.town and self.standing.is_applied_for):
            return None
        if self.edition == self.standing.judged:
            verdict, words = self.standing.verdict, Answer(self.standing).word
        else:
            verdict = self.edition.verdict(self.standing.facts)
            words = f"{era_name(self.edition.fiscal_year)}の内容では{IN_ANOTHER_YEAR[verdict.state]}"
        return {"mark": VERDICT_MARKS[verdict.state], "words": words, "reasons": verdict.reasons}

    @property
    def rules(self):
        return [stated(rule.as_rule()) for rule in self.edition.rules.all()]

    @cached_property
    def counts(self):
        """Of how many municipalities the rules hold: label, mark and number of each state."""
        labels = {state: state.label for state in Eligibility}
        if not self.is_of_this_year:
            labels[Eligibility.USABLE] = "対象"
        towns = reach_of(self.edition).towns.items() if self.standing.is_applied_for else ()
        return [(labels[state], VERDICT_MARKS[state], len(those)) for state, those in towns]

    # What one does with it.

    @cached_property
    def next_step(self):
        """None on the page of a year that is not asked about today."""
        return next_step(self.standing) if self.edition in (self.standing.edition, self.standing.judged) else None

    @property
    def sheet_url(self):
        """Where a chosen town finds what it lays before those who decide."""
        if self.edition == self.standing.edition:
            return reverse("decision_sheet", args=[self.program.slug, self.town.code])
        return reverse("decision_sheet_year", args=[self.program.slug, self.edition.fiscal_year, self.town.code])

    @property
    def how_to_apply(self):
        return self.known("how_to_apply")

    @property
    def steps(self):
        """How to apply, step by step; a single line is no list."""
        return numbered(self.how_to_apply.text)

    @property
    def apply_url(self):
        return self.known("apply_url")

    @cached_property
    def links(self):
        return known_rows(self.edition, "links", self.editions.values())

    @cached_property
    def files(self):
        """Forms and guides, those that one fills in first."""
        return known_rows(self.edition, "attachments", self.editions.values(), order=in_order_of_purpose)

    @property
    def is_told_how(self):
        return bool(self.how_to_apply.text or self.how_to_apply.ended or self.apply_url.text or self.links.rows)

    # What the edition says; where it is silent what was last known, with its year.

    @cached_property
    def terms(self):
        """What two years are compared in, by its label, but for what has a place of its own."""
        parts = [part for part in EDITIONS.parts if part.is_compared and part.name not in ELSEWHERE]
        terms = [(part.label, self.known(part.name)) for part in parts]
        return [(label, found) for label, found in terms if found.text or found.ended]

    @cached_property
    def excludes(self):
        return self.known("excludes")

    @cached_property
    def body(self):
        return self.known("body")

    def known(self, name):
        """The field `name` of the edition, or what was last known of it."""
        return known(self.edition, name, self.editions.values())

    @property
    def notes(self):
        return self.edition.local_notes.all()

    @cached_property
    def duties(self):
        until = self.program.duties.published().filter(fiscal_year__lte=self.edition.fiscal_year)
        return until.of_the_newest_year()

    @property
    def shown(self):
        """The tables that can be taken away: all its editions, its desks, the calls of this one, and the figures of each chart."""
        name = self.program.official_name
        windows = WINDOWS.public().filter(edition=self.edition)
        return [
            EDITIONS.shown(EDITIONS.public().filter(program=self.program), title=f"{name}　年度ごとの内容"),
            _shown_desks(name, self.desks),
            WINDOWS.shown(windows, title=f"{name}の受付期間　{full_name(self.edition.fiscal_year)}"),
            *map(shown_chart, self.charts),
            *tables_beside(self.program, self.edition),
        ]

    @property
    def linked_data(self):
        return service(self)

    @cached_property
    def charts(self):
        return charts_of(self.program)

    # Its windows, office by office.

    @cached_property
    def calls(self):
        return [call_in(window, self.on) for window in self._windows]

    @cached_property
    def offices_without_window(self):
        """How many offices have none where some have; 0 where one is for everywhere."""
        offices = {window.subprefecture_id for window in self._windows}
        return 0 if None in offices else Subprefecture.objects.exclude(pk__in=offices).count()

    @property
    def _windows(self):
        """None are asked for where it is only read, or done by the prefecture."""
        return self.edition.windows.all() if self.standing.is_applied_for else []

    # The year before beside it.

    @cached_property
    def before(self):
        earlier = [
            edition
            for year, edition in self.editions.items()
            if year < self.edition.fiscal_year and edition.is_sample <= self.edition.is_sample
        ]
        return max(earlier, key=lambda edition: edition.fiscal_year, default=None)

    @cached_property
    def differences(self):
        return differences(self.before, self.edition)

    @property
    def changed_words(self):
        years = f"{era_name(self.edition.fiscal_year)}は、{era_name(self.before.fiscal_year)}と"
        return f"{years}{in_words(self.differences)}"


def _shown_desks(name, rows):
    """The desks of a programme as its page lists them; `rows` are those of `ProgramPage.desks`."""

    def cells():
        for row in rows:
            office, desk = row.subprefecture.name if row.subprefecture else "そのほか", row.desk
            sample = "はい" if desk.is_sample else "いいえ"
            yield [office, desk.section, desk.phone, desk.email, desk.confirmed_on, sample]

    return Shown(
        f"{name}の窓口", _DESKS, cells, slug="desks", notes=["表にない振興局は、「そのほか」の窓口が受けます。"]
    )
