"""What of the journal the public sees change."""

from regions.public import PAGES
from sumairu.lib.days import full_day
from sumairu.publishing.rehearsal import Shown
from support.journal.models import Article, Issue


def shown(on, touched):
    issues = Issue.objects.published(on)
    articles = Article.objects.kept_in_public_issues(on).select_related("issue")
    if touched is not None:
        pks = [row.pk for row in touched if isinstance(row, Issue)]
        issues, articles = issues.filter(pk__in=pks), articles.filter(issue__in=pks)
    for issue in issues:
        last = {"公開の最終日": full_day(issue.unpublish_on) if issue.unpublish_on else ""}
        yield Shown(PAGES, issue.get_absolute_url(), f"創る {issue}", last, issue.get_absolute_url())
    for article in articles:
        said = {"取り下げ": article.withdrawn_because}
        address = article.get_absolute_url()
        yield Shown(PAGES, address, f"創る 第{article.issue.number}号の記事「{article}」", said, address)


def counts(on):
    return {"公開している「創る」の号": Issue.objects.published(on).count()}
