"""When one may apply: windows of an edition. Open or closed is computed from their days, never stored."""

from itertools import count
from uuid import UUID, uuid5

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import localdate

from regions.models import Subprefecture
from sumairu.fields import SampleField
from sumairu.lib.wareki import first_day, fiscal_year_on
from support.models.programs import ProgramEdition, Use

CALLS = UUID("f2b1f9f2-6d0c-5a3e-9c55-1b6f0b5a7f10")  # the namespace of the identifiers of calls


class ApplicationWindowQuerySet(models.QuerySet):
    def real(self):
        """Those in which nothing is a sample: neither they, nor their edition, nor its programme."""
        return self.filter(is_sample=False, edition__is_sample=False, edition__program__is_sample=False)

    def open_on(self, on=None):
        """Windows in which one may apply on a day: those whose `is_open` says so."""
        on = on or localdate()
        year = F("edition__fiscal_year")
        over_before_its_year = Q(closes_on__year__lt=year) | Q(closes_on__year=year, closes_on__month__lt=4)
        has_begun = Q(edition__fiscal_year__lte=fiscal_year_on(on))
        opened = Q(opens_on__lte=on) | (Q(opens_on=None) & (has_begun | over_before_its_year))
        lasts = Q(closes_on__gte=on) | Q(closes_on=None, edition__fiscal_year__gte=fiscal_year_on(on))
        return self.filter(opened, lasts)

    def live_on(self, on=None):
        """Windows that are open on a day or will open: what a `Call` is where it `is_live`.

        That is each whose last day has not passed: a first day lies before it, in the past or ahead. Without a last day
        it is one of a year that is not over, or one that opens yet. Both are looked up apart, since each has its place in
        the index of last days.
        """
        on = on or localdate()
        rows = ApplicationWindow.objects.order_by().values("pk")
        return self.filter(pk__in=rows.filter(_ends_yet(on)).union(rows.filter(_lasts(on)), all=True))

    def speaking(self, public_on=None):
        """Windows of the editions that speak, but samples only where an edition has no real one: `speaking_windows`.

        Each is asked for its edition: a list of all editions would have the database begin with every window of theirs,
        where the days leave but a few.
        """
        return self.filter(
            Exists(ProgramEdition.objects.speaking(public_on).filter(pk=OuterRef("edition")))
        ).real_first()

    def speaking_of_year(self, fiscal_year):
        """Those of `speaking` that are for a year, found by its editions."""
        editions = ProgramEdition.objects.speaking().in_year(fiscal_year)
        return self.filter(edition__in=editions.values("pk")).real_first()

    def real_first(self):
        """Samples only where an edition has no real window: an invented one hides none that is."""
        real = ApplicationWindow.objects.filter(edition=OuterRef("edition"), is_sample=False)
        return self.filter(Q(is_sample=False) | ~Exists(real))

    def told(self, on=None, public_on=None):
        """Of the speaking ones those that pages tell of: one that is over only of what is applied for."""
        on = on or localdate()
        asks_towns = Q(edition__program__use__in=[Use.APPLY, Use.CONSULT])
        return self.speaking(public_on).filter(asks_towns | _ends_yet(on) | _lasts(on))

    def holding_in(self, office):
        """Of speaking ones those that hold in an office: its own, else headquarters' for each applicant (`windows_for`)."""
        same = {name: OuterRef(name) for name in ("edition", "applicant", "is_sample")}
        own = ApplicationWindow.objects.filter(subprefecture=office, **same)
        return self.filter(Q(subprefecture=office) | (Q(subprefecture=None) & ~Exists(own)))

    def of_offices(self, offices):
        """All that may hold in one of these offices, and what decides which of them do (`ProgramEdition.windows_for`)."""
        return self.real_first().filter(Q(subprefecture=None) | Q(subprefecture__in=offices))

    def open_to(self, who):
        """Windows that an applicant may answer: those for anybody, and those for its kind."""
        return self.filter(applicant__in=[ApplicationWindow.Applicant.ANYONE, who])

    def closing_in(self, first, last):
        """Windows with a last day between two days, both included."""
        return self.filter(closes_on__range=(first, last))

    def by_last_day(self):
        """Those that end first come first, those without a last day at the end."""
        return self.order_by(F("closes_on").asc(nulls_last=True), F("opens_on").asc(nulls_first=True), "pk")

    def closing_within(self, time, on=None):
        """Windows open on a day of which the last day is at most `time` (a timedelta) away."""
        on = on or localdate()
        return self.open_on(on).closing_in(on, on + time)


def _ends_yet(on):
    return Q(closes_on__gte=on)


def _lasts(on):
    """The condition of live windows without a last day."""
    return Q(Q(edition__fiscal_year__gte=fiscal_year_on(on)) | Q(opens_on__gt=on), closes_on=None)


class ApplicationWindow(models.Model):
    class Applicant(models.TextChoices):
        ANYONE = "anyone", "すべて"
        MUNICIPALITY = "municipality", "市町村"
        GROUP = "group", "団体"

    class State(models.TextChoices):
        SOON = "soon", "受付前"
        OPEN = "open", "受付中"
        TODAY = "today", "今日まで"
        ALL_YEAR = "all_year", "通年"
        CLOSED = "closed", "受付終了"
        UNCONFIRMED = "unconfirmed", "今年度は未確認"

    OPEN_STATES = (State.OPEN, State.TODAY, State.ALL_YEAR)

    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="windows")
    subprefecture = models.ForeignKey(
        Subprefecture,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="振興局",
        related_name="+",
        help_text="空欄は全道共通。",
    )
    applicant = models.CharField("申し込む人", max_length=15, choices=Applicant, default=Applicant.ANYONE)
    opens_on = models.DateField("受付開始日", null=True, blank=True, help_text="この日から。")
    closes_on = models.DateField(
        "受付終了日", null=True, blank=True, help_text="この日まで。両方とも空欄なら、その年度の通年。"
    )
    note = models.CharField("受付備考", max_length=200, blank=True)
    uid = models.UUIDField("識別子", unique=True, editable=False)
    is_sample = SampleField()

    objects = ApplicationWindowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "受付期間"
        ordering = [F("subprefecture__order").asc(nulls_first=True), "applicant", "opens_on"]
        indexes = [
            models.Index(fields=["closes_on"], name="windows_by_last_day"),
            models.Index(fields=["opens_on"], name="windows_by_first_day"),
            models.Index(fields=["edition", "subprefecture", "applicant"], name="windows_of_an_edition"),
            models.Index(fields=["edition", "closes_on"], name="windows_of_edition_by_last_day"),
            models.Index(fields=["edition"], condition=Q(is_sample=False), name="real_windows_of_an_edition"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="window_days_in_order",
                violation_error_message="受付終了日が、受付開始日より前です。",
            )
        ]

    def __str__(self):
        return f"{self.edition} {self.subprefecture or '全道'} {self.get_applicant_display()}"

    def save(self, **kwargs):
        if self._state.adding:
            self.uid = self._free_uid()
        super().save(**kwargs)

    def _free_uid(self):
        """What calendars know the call by, for good: made of what it is for when it is added, and never changed again.

        A primary key would be another one where the same content is loaded anew, and what it is made of may be edited. A
        window that takes the place of one that is gone is another call, so that the one that is gone can be withdrawn.
        """
        office = self.subprefecture.slug if self.subprefecture_id else ""
        name = f"{self.edition.program.slug}/{self.edition.fiscal_year}/{office}/{self.applicant}"
        taken = (ApplicationWindow, GivenCall)
        uids = (uuid5(CALLS, f"{name}/{number}") for number in count(1))
        return next(uid for uid in uids if not any(each._base_manager.filter(uid=uid).exists() for each in taken))

    def state(self, on=None):
        """An unknown first day is that of the edition's year; an unknown last day holds for that year and no longer."""
        on = on or localdate()
        first, last = self.first_day, self.closes_on
        if first and on < first:
            return self.State.SOON
        if last is None:
            if self.edition.fiscal_year < fiscal_year_on(on):
                return self.State.UNCONFIRMED
            return self.State.ALL_YEAR if first <= first_day(self.edition.fiscal_year) else self.State.OPEN
        if last < on:
            return self.State.CLOSED
        return self.State.TODAY if last == on else self.State.OPEN

    @property
    def first_day(self):
        """None where it is not known and the window is over before the edition's year begins."""
        begins = first_day(self.edition.fiscal_year)
        over_before = self.closes_on is not None and self.closes_on < begins
        return self.opens_on or (None if over_before else begins)

    def is_open(self, on=None):
        return self.state(on) in self.OPEN_STATES

    def days_left(self, on=None):
        """Days until the last day, which counts: 0 on that day itself. None where there is no last day."""
        return self.closes_on and (self.closes_on - (on or localdate())).days


class GivenCall(models.Model):
    """What calendars and feeds were last told of a call, so that they can be told what has become of it.

    A calendar that somebody subscribed to takes a change only where its `sequence` is higher than the one it has, and
    keeps what is merely no longer there. So this row outlives its window: one that is deleted, or no longer public before
    its last day, is given out as withdrawn for a while (`support.given`).
    """

    uid = models.UUIDField("識別子", unique=True)
    edition = models.ForeignKey(ProgramEdition, models.CASCADE, verbose_name="年度版", related_name="given_calls")
    subprefecture = models.ForeignKey(
        Subprefecture, models.PROTECT, null=True, blank=True, verbose_name="振興局", related_name="+"
    )
    applicant = models.CharField("申し込む人", max_length=15, choices=ApplicationWindow.Applicant)
    closes_on = models.DateField("受付終了日")
    content = models.JSONField("伝えた内容")
    sequence = models.PositiveIntegerField("改訂の番号", default=0)
    changed_at = models.DateTimeField("最後に変わった日時")
    withdrawn_at = models.DateTimeField("取り下げた日時", null=True, blank=True)
    is_sample = SampleField()

    class Meta:
        verbose_name = verbose_name_plural = "カレンダーに出した募集"
        indexes = [models.Index(fields=["closes_on"], name="given_calls_by_last_day")]

    def __str__(self):
        return f"{self.edition} {self.closes_on}"
