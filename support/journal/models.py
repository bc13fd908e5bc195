"""北海道創生ジャーナル「創る」: issues, the articles of each in their order, and each issue as an e-book.

An article is public with its issue. What it was made from (an initiative or a case) is taken over as a text of its own, so that an issue
stays as it was read; an article that turns out to be wrong is withdrawn openly, with the reason.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import Initiative
from sumairu.fields import SampleField
from sumairu.models import CodeCounter
from sumairu.publishing.models import Publishable, PublishableQuerySet, public_on
from sumairu.texts import HELP, MarkdownField, RenderedField
from support.cases.models import Case
from support.cases.models.cases import TEXTS

JOURNAL = "sosei-journal"  # the programme whose issues these are (fixtures/content)
MOST_NUMBER = 9999  # of an issue or an article: addresses have four digits
NUMBERED = [MinValueValidator(1), MaxValueValidator(MOST_NUMBER)]


class Issue(Publishable):
    class Season(models.TextChoices):
        SPRING = "spring", "春"
        SUMMER = "summer", "夏"
        AUTUMN = "autumn", "秋"
        WINTER = "winter", "冬"

    class Colour(models.TextChoices):
        """Of the cover. White letters stand on it in a contrast of 4.5 to 1 and more."""

        BLUE = "blue", "青"
        GREEN = "green", "緑"
        ORANGE = "orange", "朱"
        PURPLE = "purple", "紫"
        INK = "ink", "墨"

    number = models.PositiveSmallIntegerField(
        "号数", unique=True, validators=NUMBERED, error_messages={"unique": "この号数の号は、すでにあります。"}
    )
    season = models.CharField("季節", max_length=6, choices=Season)
    issued_on = models.DateField("発行日", help_text="表紙に「2026年秋号」のように出るのは、この日の年です。")
    title = models.CharField("特集の名", max_length=60, help_text="表紙に大きく出ます。")
    summary = models.TextField("要約", help_text="一覧と検索に出ます。2文まで。")
    editorial = MarkdownField("巻頭のことば", blank=True)
    editorial_html = RenderedField("editorial")
    colour = models.CharField("表紙の色", max_length=6, choices=Colour, default=Colour.BLUE)
    is_vertical = models.BooleanField(
        "電子書籍を縦書きにする", default=False, help_text="サイトのページは、いつも横書きです。"
    )
    source = models.CharField("出どころ", max_length=200, blank=True)
    is_sample = SampleField()
    updated_at = models.DateTimeField("更新日時", auto_now=True)

    address_fields = ("number",)
    objects = PublishableQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = verbose_name_plural = "創るの号"
        ordering = ["-number"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(number__range=(1, MOST_NUMBER)),
                name="issue_number_has_an_address",
                violation_error_message=f"号数は1から{MOST_NUMBER}までです。",
            ),
        ]

    def __str__(self):
        return f"第{self.number}号「{self.title}」"

    def get_absolute_url(self):
        return reverse("issue_detail", args=[self.number])

    @property
    def season_name(self):
        return f"{self.issued_on.year}年{self.get_season_display()}号"

    @property
    def name(self):
        """「第12号（2026年秋号）」."""
        return f"第{self.number}号（{self.season_name}）"


class ArticleQuerySet(models.QuerySet):
    def published(self, on=None):
        """Those of the issues that are public on a day, but for those that were withdrawn."""
        return self.filter(public_on(on, "issue__"), withdrawn_because="")

    def kept_in_public_issues(self, on=None):
        """Those that have a page on a day: with their text, or with why they were withdrawn."""
        return self.filter(public_on(on, "issue__"))

    def delete(self):
        if kept := list(self.exclude(may_go("issue__"))[:1]):
            raise ProtectedError(kept[0].why_it_stays(), set(kept))
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


class Article(models.Model):
    issue = models.ForeignKey(Issue, models.CASCADE, verbose_name="号", related_name="articles")
    # In its address: it stays when others are moved.
    number = models.PositiveSmallIntegerField("記事番号", editable=False, validators=NUMBERED)
    order = models.PositiveSmallIntegerField("順序", default=0, help_text="小さいものから並びます。")
    initiative = models.ForeignKey(
        Initiative,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="もとにした取組",
        related_name="journal_articles",
        help_text="選んで記事名と本文を空けておくと、公開している取組の内容を写します。写したあとは自由に直せます。",
    )
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="もとにした先行事例",
        related_name="journal_articles",
        help_text="取組と同じように、公開している事例の内容を写します。",
    )
    title = models.CharField("記事名", max_length=100, blank=True)
    lead = models.TextField("リード", blank=True, help_text="記事名の下に出る、2文までの導入。")
    body = MarkdownField("本文", blank=True, help_text=f"{HELP}")
    body_html = RenderedField("body")
    writer = models.CharField(
        "書いた部署・団体", max_length=80, blank=True, help_text="個人の名前は、本人の了解があるときだけ入れます。"
    )
    withdrawn_because = models.CharField(
        "取り下げの理由",
        max_length=200,
        blank=True,
        help_text="入れると本文が出なくなり、この理由が代わりに出ます。公開した号の記事は消さず、取り下げます。",
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "記事"
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "number"],
                name="one_article_of_a_number",
                violation_error_message="この番号の記事は、この号にすでにあります。",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(body=""),
                name="article_says_something",
                violation_error_message="記事名と本文を入れてください。",
            ),
            models.CheckConstraint(
                condition=Q(initiative=None) | Q(case=None),
                name="article_has_one_origin",
                violation_error_message="もとにするのは、取組か先行事例のどちらか一つです。",
            ),
            models.CheckConstraint(
                condition=Q(number__range=(1, MOST_NUMBER)),
                name="article_number_has_an_address",
                violation_error_message=f"記事番号は1から{MOST_NUMBER}までです。",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, **kwargs):
        with transaction.atomic():
            if self.number is None:
                stem = f"journal-{self.issue_id}-"
                self.number = int(CodeCounter.take(stem).removeprefix(stem))
            super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("article_detail", args=[self.issue.number, self.number])

    def delete(self, **kwargs):
        if reason := self.why_it_stays():
            raise ProtectedError(reason, {self})
        return super().delete(**kwargs)

    def clean(self):
        origin = self.origin
        if origin and not origin.was_public():
            name = origin._meta.verbose_name
            message = f"もとにできるのは、公開したことのある{name}です。先にその{name}を公開してください。"
            raise ValidationError({self._origin_field: message})
        if origin and not (self.title and self.body):
            self._take_over(origin)
        missing = [name for name in ("title", "body") if not getattr(self, name)]
        if missing:
            raise ValidationError(
                dict.fromkeys(missing, "記事名と本文を入れるか、もとにする取組か先行事例を選んでください。")
            )

    @property
    def origin(self):
        """What it was made from; None where it is all its own."""
        return self.initiative or self.case

    @property
    def _origin_field(self):
        return "initiative" if self.initiative else "case"

    def _take_over(self, origin):
        """Fill what is empty with what the public reads of its origin."""
        if not origin.is_published():
            message = "いま公開されていないため、内容を写せません。記事名と本文を入れてください。"
            raise ValidationError({self._origin_field: message})
        self.title = self.title or origin.title
        self.lead = self.lead or origin.summary
        self.body = self.body or written_up(origin)
        self.writer = self.writer or str(origin.subprefecture or "")

    @property
    def anchor(self):
        """Where it stands on a page of the whole issue."""
        return f"article-{self.number}"

    def is_published(self, on=None):
        return not self.withdrawn_because and self.issue.is_published(on)

    @property
    def public_days(self):
        return [] if self.withdrawn_because else self.issue.public_days

    def is_meant_for_public(self):
        return not self.withdrawn_because and self.issue_id is not None and self.issue.is_meant_for_public()

    def why_it_stays(self):
        """Why the row cannot be deleted, and what to do instead; empty where it can be."""
        if self.issue.is_sample or not self.issue.was_public():
            return ""
        return (
            f"記事「{self}」は、公開された号に載ったため、削除できません。見た人やリンクした人がいるかもしれません。"
            "「取り下げの理由」を入れると、本文の代わりに理由が出ます。"
        )


class Book(models.Model):
    """An issue as an e-book (EPUB 3), as the worker last made it; `digest` is that of what it was made of."""

    issue = models.OneToOneField(Issue, models.CASCADE, primary_key=True, verbose_name="号", related_name="book")
    digest = models.CharField("もとの内容のSHA-256", max_length=64)
    content = models.BinaryField("中身")
    size = models.PositiveIntegerField("大きさ（バイト）")
    made_at = models.DateTimeField("作った日時", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "電子書籍"

    def __str__(self):
        return f"{self.issue}の電子書籍"


def may_go(prefix=""):
    """The condition that an issue, at the end of the lookup `prefix`, may lose its articles: nobody has seen them."""
    return Q(
        Q(**{f"{prefix}first_public_on": None})
        | Q(**{f"{prefix}first_public_on__gt": localdate()})
        | Q(**{f"{prefix}is_sample": True})
    )


def written_up(origin):
    """What an initiative or a case says of itself, as the text of an article: a heading for each thing that is told."""
    told = ["reason", "aim", "body", "result"] + [name for name in TEXTS if name not in ("reason", "aim")]
    parts = []
    for name in told if isinstance(origin, Case) else ("body", "result"):
        if text := getattr(origin, name):
            is_first = name == "body" and not parts
            parts.append(text if is_first else f"# {origin._meta.get_field(name).verbose_name}\n\n{text}")
    return "\n\n".join(parts) or origin.summary
