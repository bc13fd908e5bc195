"""Notices: short, of a day, with what to do and until when; of the prefecture's own work, and of new national programmes.

A notice that no longer holds is not taken away. It names the one that replaced it, or says why it was withdrawn; it stays
at its address and says so there, and leaves the lists. What is public and neither of these is *current*.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate

from regions.models import Desk, Municipality, Subprefecture, Theme
from sumairu.attachments import Attachment, attached_once
from sumairu.fields import KeyField, ReadingsField, SampleField, https_only, keys_are
from sumairu.lib.markdown import plain
from sumairu.lib.wareki import fiscal_year_on
from sumairu.models import CodeCounter, UsedCode
from sumairu.publishing.models import Publishable, PublishableQuerySet, Status
from sumairu.texts import HELP, MarkdownField, RenderedField
from support.models import Pillar, Program

LONGEST = 2_000  # letters of a text; more than that is a page of its own, which a notice links to
SHORT = 100  # letters of it in a list
ON_HOME = 3


class NoticeQuerySet(PublishableQuerySet):
    def current(self, on=None):
        """Those that lists show on a day: public, and neither replaced nor withdrawn by then."""
        on = on or localdate()
        return self.published(on).exclude(Q(withdrawn_on__lte=on) | Q(replaced_by__first_public_on__lte=on))

    def due(self, on=None):
        """Those with a deadline ahead; on its last day it still is."""
        return self.filter(act_by__gte=on or localdate())

    def overdue(self, on=None):
        return self.filter(act_by__lt=on or localdate())

    def for_region(self, subprefecture):
        return self.filter(subprefecture=subprefecture)

    def of(self, pillar):
        return self.filter(**{Pillar(pillar).value: True})

    def about(self, theme):
        return self.filter(Exists(Notice.themes.through.objects.filter(notice=OuterRef("pk"), theme=theme)))

    def of_program(self, program):
        return self.filter(Exists(Notice.programs.through.objects.filter(notice=OuterRef("pk"), program=program)))

    def concerning(self, municipality):
        """Those that name a town; of those that name none, what headquarters or the town's own office tells all."""
        naming = Notice.municipalities.through.objects.filter(notice=OuterRef("pk"))
        of_all = Q(subprefecture=None) | Q(subprefecture=municipality.subprefecture_id)
        return self.filter(Exists(naming.filter(municipality=municipality)) | (of_all & ~Exists(naming)))

    def newest_first(self, on=None):
        """What can no longer be done comes last."""
        return self.order_by(_is_overdue(on), "-dated", "-pk")

    def by_deadline(self, on=None):
        """The nearest deadline first, then what has none, then what can no longer be done; the newest first in each."""
        ahead = Case(When(act_by__gte=on or localdate(), then=F("act_by")), default=None)
        return self.order_by(_is_overdue(on), ahead.asc(nulls_last=True), "-dated", "-pk")

    def on_home(self, on=None):
        return self.current(on).newest_first(on)[:ON_HOME]

    def newest_told(self, on=None):
        """The one first of which there was last something to tell: that it is there, was rewritten, or was replaced."""
        replaced = Case(
            When(replaced_by__first_public_on__lte=on or localdate(), then=F("replaced_by__first_public_on")),
            default=F("first_public_on"),
        )
        told = Greatest(TruncDate("updated_at"), F("first_public_on"), Coalesce(replaced, F("first_public_on")))
        return self.annotate(told_on=told).order_by("-told_on", "-updated_at", "-pk")


def _is_overdue(on):
    return Case(When(act_by__lt=on or localdate(), then=1), default=0, output_field=models.SmallIntegerField())


class Notice(Publishable):
    class Kind(models.TextChoices):
        """What the seed's slide has under 情報の提供: what the prefecture does, and what the state newly offers."""

        INFORMATION = "information", "情報提供"
        NATIONAL = "national", "国の新制度"

    code = KeyField(
        "お知らせコード",
        max_length=40,
        unique=True,
        blank=True,
        help_text="URLと取込に使います。空欄なら「nemuro-info-2026-1」のように番号が付きます。公開後は変えません。",
        error_messages={"unique": "このお知らせコードはすでに使われています。"},
    )
    kind = models.CharField("種類", max_length=15, choices=Kind, default=Kind.INFORMATION)
    subprefecture = models.ForeignKey(
        Subprefecture,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="振興局",
        related_name="notices",
        help_text="お知らせを出すところ。空欄は本庁。",
    )
    title = models.CharField("件名", max_length=100)
    dated = models.DateField("日付", default=localdate, help_text="お知らせの日付。一覧は新しい順に並びます。")
    text = MarkdownField(
        "本文",
        validators=[
            MaxLengthValidator(LONGEST, f"本文は{LONGEST:,}字までです。長い説明は公式ページや添付ファイルにします。")
        ],
        help_text=f"{HELP}短く、{LONGEST:,}字まで。",
    )
    text_html = RenderedField("text")
    to_do = models.TextField(
        "していただくこと", blank=True, help_text="読んだ人が何をするか。1行に1つ。なければ空欄にします。"
    )
    act_by = models.DateField(
        "いつまで", null=True, blank=True, help_text="この日まで。過ぎると「期限を過ぎました」と出ます。"
    )
    readings = ReadingsField(of="件名")
    financial = models.BooleanField(Pillar.FINANCIAL.label, default=False)
    informational = models.BooleanField(Pillar.INFORMATIONAL.label, default=False)
    human = models.BooleanField(Pillar.HUMAN.label, default=False)
    themes = models.ManyToManyField(Theme, blank=True, verbose_name="分野", related_name="notices")
    municipalities = models.ManyToManyField(
        Municipality,
        blank=True,
        verbose_name="関係する市町村",
        related_name="notices",
        help_text="選ばなければ、管内（本庁のお知らせは全道）のすべての市町村のページに出ます。",
    )
    programs = models.ManyToManyField(Program, blank=True, verbose_name="関係する支援制度", related_name="notices")
    desk = models.ForeignKey(
        Desk, models.PROTECT, null=True, blank=True, verbose_name="問い合わせる窓口", related_name="notices"
    )
    ministry = models.CharField("府省", max_length=60, blank=True, help_text="国の新制度では必ず入れます。")
    basis = models.CharField(
        "根拠・予算年度", max_length=200, blank=True, help_text="法律の名前、または何年度の予算か。"
    )
    desk_says = models.TextField(
        "道の窓口から", blank=True, help_text="この制度について、道の窓口がまちに伝えたいこと。"
    )
    source = models.CharField(
        "出どころ", max_length=200, blank=True, help_text="資料の名前と、見た月。国の新制度では必ず入れます。"
    )
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="これに代わるお知らせ",
        related_name="replaces",
        help_text="選んだお知らせが公開されると、このお知らせは一覧から外れ、このページから新しいほうへ案内します。",
    )
    withdrawn_on = models.DateField(
        "取り下げた日",
        null=True,
        blank=True,
        validators=[MaxValueValidator(localdate, "取り下げた日は、今日までの日にしてください。")],
        help_text="取り下げると一覧から外れます。ページは残り、理由を示します。",
    )
    withdrawn_why = models.CharField("取り下げの理由", max_length=300, blank=True)
    is_sample = SampleField()
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    address_fields = ("code",)
    objects = NoticeQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = verbose_name_plural = "お知らせ"
        ordering = ["-dated", "-pk"]
        indexes = [models.Index(fields=["-dated", "-id"], name="notices_by_day")]
        constraints = [
            *Publishable.Meta.constraints,
            keys_are("code", "notice_code_is_a_key"),
            models.CheckConstraint(
                condition=Q(act_by=None) | ~Q(to_do=""),
                name="notice_deadline_is_for_something",
                violation_error_message="「いつまで」があるときは、「していただくこと」も入れてください。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_why="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why="")),
                name="notice_is_withdrawn_openly",
                violation_error_message="取り下げるときは、取り下げた日と理由の両方を入れてください。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="national", status=Status.PUBLISHED) | (~Q(ministry="") & ~Q(source="")),
                name="national_notice_says_whose_it_is",
                violation_error_message="国の新制度のお知らせを公開するには、府省と出どころがいります。",
            ),
            models.CheckConstraint(
                condition=~Q(replaced_by=F("pk")),
                name="notice_does_not_replace_itself",
                violation_error_message="これに代わるお知らせに、そのお知らせ自身は選べません。",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        with transaction.atomic():
            CodeCounter.give(self, "code", self.code_stem)
            super().save(**kwargs)
            UsedCode.keep(self, "code")

    def clean(self):
        super().clean()
        if not self.code and self.dated:
            CodeCounter.promise(self, "code", self.code_stem)
        if self.code:
            UsedCode.refuse_taken(self, "code")
        if any(notice.pk == self.pk for notice in self._followers()) and self.pk:
            raise ValidationError({"replaced_by": "お知らせどうしが、たがいに代わるものになっています。"})

    @property
    def code_stem(self):
        office = self.subprefecture.slug if self.subprefecture else "hokkaido"
        return f"{office}-info-{fiscal_year_on(self.dated)}-"

    def get_absolute_url(self):
        return reverse("notice_detail", args=[self.code])

    @property
    def pillars(self):
        return [pillar for pillar in Pillar if getattr(self, pillar.value)]

    @property
    def office_name(self):
        """Whose notice it is, in words."""
        return self.subprefecture.name if self.subprefecture else "北海道（本庁）"

    @property
    def gist(self):
        """What a list says of it: what to do, where there is something; else how its text begins."""
        return "。".join(self.to_do.splitlines()) or Truncator(plain(self.text)).chars(SHORT)

    # What it is on a day: the twins of the queryset's rules.

    def is_current(self, on=None):
        return self.is_published(on) and not self.is_replaced(on) and not self.is_withdrawn(on)

    def is_replaced(self, on=None):
        """Has the public seen the one that it names? That one may have ended since; this one does not come back by that."""
        return self.replaced_by is not None and self.replaced_by.was_public(on)

    def is_withdrawn(self, on=None):
        return self.withdrawn_on is not None and self.withdrawn_on <= (on or localdate())

    def is_due(self, on=None):
        return self.act_by is not None and (on or localdate()) <= self.act_by

    def is_overdue(self, on=None):
        return self.act_by is not None and self.act_by < (on or localdate())

    def days_left(self, on=None):
        """How many days are left to act; 0 on the last, None where there is no deadline or it has passed."""
        on = on or localdate()
        return (self.act_by - on).days if self.is_due(on) else None

    # What came after it and before.

    def public_replacement(self, on=None):
        """The last public one of those that came after it, so that no reader is led from one old notice to the next."""
        return next((notice for notice in reversed(self._followers()) if notice.is_published(on)), None)

    def public_replaced(self, on=None):
        """The public ones that it took the place of."""
        return self.replaces.published(on) if self.was_public(on) else self.replaces.none()

    def _followers(self):
        """Those that replaced it, one after another; each once, even if they lead back."""
        found, notice = [], self.replaced_by
        while notice is not None and notice not in found:
            found.append(notice)
            if notice == self:
                break
            notice = notice.replaced_by
        return found


class NoticeLink(models.Model):
    """An official page that says more."""

    notice = models.ForeignKey(Notice, models.CASCADE, verbose_name="お知らせ", related_name="links")
    label = models.CharField("見出し", max_length=80)
    url = models.URLField("URL", max_length=500, validators=[https_only], help_text="https:// で始まるアドレス。")

    class Meta:
        verbose_name = verbose_name_plural = "公式ページ"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__startswith="https://"),
                name="notice_link_is_https",
                violation_error_message="公式ページのURLは https:// で始めてください。",
            )
        ]

    def __str__(self):
        return self.label


class NoticeAttachment(Attachment):
    """A file beside a notice, public when the notice is."""

    notice = models.ForeignKey(Notice, models.CASCADE, verbose_name="お知らせ", related_name="attachments")

    owner_field, address_name = "notice", "notice_file"

    class Meta(Attachment.Meta):
        constraints = [attached_once("notice", "one_notice_attachment_of_a_file")]
