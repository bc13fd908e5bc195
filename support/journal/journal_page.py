"""What the pages of an issue and of an article show."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import mark_safe

from sumairu.related import tables_beside
from support.journal.book import cover_of, current_book
from support.journal.descriptions import ARTICLES
from support.journal.models import JOURNAL, Article, Issue
from support.models import Program

# Kept by 北海道総合政策部地域戦略課, as it says of itself (seen in November 2026); it leads to the issues of before.
OFFICIAL_PAGE = "https://note.com/hokkaido_tsukuru"


def journal_program():
    """The programme whose issues these are, where it is public."""
    return Program.objects.published().filter(slug=JOURNAL).first()


@dataclass
class IssuePage:
    issue: Issue

    @property
    def parents(self):
        return [("支援制度", reverse("support_list")), ("創る", reverse("issue_list"))]

    @property
    def parents_of_article(self):
        return [*self.parents, (f"第{self.issue.number}号", self.issue.get_absolute_url())]

    @cached_property
    def articles(self):
        """Also those that were withdrawn: they say so."""
        return list(self.issue.articles.all())

    @property
    def cover(self):
        return mark_safe(cover_of(self.issue))  # noqa: S308 (drawn here, what people wrote is escaped)

    @cached_property
    def book(self):
        return current_book(self.issue)

    @cached_property
    def before(self):
        return Issue.objects.published().filter(number__lt=self.issue.number).order_by("-number").first()

    @cached_property
    def after(self):
        return Issue.objects.published().filter(number__gt=self.issue.number).order_by("number").first()

    @property
    def shown(self):
        title = f"創る {self.issue.name}の記事"
        return [*tables_beside(self.issue), ARTICLES.shown(ARTICLES.public().filter(issue=self.issue), title=title)]


@dataclass
class ArticlePage:
    article: Article

    @property
    def issue(self):
        return self.article.issue

    @property
    def parents(self):
        return IssuePage(self.issue).parents_of_article

    @cached_property
    def _all(self):
        return list(self.issue.articles.published())

    @cached_property
    def _place(self):
        return next((place for place, each in enumerate(self._all) if each.pk == self.article.pk), None)

    @property
    def before(self):
        return self._all[self._place - 1] if self._place else None

    @property
    def after(self):
        is_last = self._place is None or self._place + 1 == len(self._all)
        return None if is_last else self._all[self._place + 1]

    @cached_property
    def origin(self):
        """What it was made from, where that is public today."""
        made_from = self.article.origin
        return made_from if made_from and made_from.is_published() else None

    @property
    def origin_name(self):
        return self.origin._meta.verbose_name

    @property
    def shown(self):
        return tables_beside(self.article)
