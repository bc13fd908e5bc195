"""Issues and articles of the journal, each said once."""

from regions.descriptions import publishing
from sumairu.descriptions import Kind, Link, Part, part
from support.journal.models import Article, Issue


def _replaced_issue(issue):
    newest = Issue.objects.published().exclude(pk=issue.pk).first()
    return {"公開している新しい号": [Link(str(newest), newest.get_absolute_url(), newest.is_sample)]} if newest else {}


ISSUES = Kind(
    slug="journal-issues",
    label="創る（各号）",
    about="北海道創生ジャーナル「創る」の、公開している号。号数、季節、発行日、特集",
    model=Issue,
    public=lambda: Issue.objects.published(),
    every=lambda: Issue.objects.all(),
    parts=[
        part(Issue, "number", unit="号"),
        Part("name", "号", lambda issue: issue.name, is_searched=True, is_given=False),
        part(Issue, "season"),
        part(Issue, "issued_on"),
        part(Issue, "title", searched=True),
        part(Issue, "summary", searched=True),
        part(Issue, "editorial", searched=True, is_markdown=True),
        part(Issue, "source"),
        *publishing(Issue),
        part(Issue, "updated_at", "更新日", in_tables=False),
    ],
    titled="title",
    summary=lambda issue: issue.summary,
    note=lambda issue: f"創る 第{issue.number}号　{issue.season_name}",
    year=lambda issue: None,
    replaced_by=_replaced_issue,
)
ARTICLES = Kind(
    slug="journal-articles",
    label="創る（記事）",
    about="北海道創生ジャーナル「創る」の、公開している号の記事。取り下げた記事は入らない",
    model=Article,
    public=lambda: Article.objects.published().select_related("issue").order_by("-issue__number", "order", "number"),
    every=lambda: Article.objects.select_related("issue"),
    parts=[
        part(Article, "issue__number", "号数", unit="号"),
        part(Article, "number", in_tables=False),
        part(Article, "order", is_given=False),
        part(Article, "title", searched=True),
        part(Article, "lead", searched=True),
        part(Article, "body", searched=True, is_markdown=True),
        part(Article, "writer", searched=True),
        part(Article, "issue__is_sample", "見本", in_tables=False),
    ],
    titled="title",
    summary=lambda article: article.lead or article.issue.summary,
    note=lambda article: f"創る 第{article.issue.number}号　{article.issue.season_name}",
    changed=lambda article: article.issue.updated_at,
    year=lambda article: None,
    drawn_from={Issue: ["issue"]},
)
KINDS = [ISSUES, ARTICLES]
TABLES = []
FACETS = []
