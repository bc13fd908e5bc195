"""What the journal has to say on other pages: its issues on the programme that it is, articles on what they were made from."""

from regions.models import Initiative
from sumairu.related import Block
from support.journal.descriptions import ARTICLES, ISSUES
from support.journal.models import JOURNAL, Article, Issue
from support.models import Program

NEWEST = 4  # the list of back issues has all


def issues_of_journal(program, on):
    if program.slug != JOURNAL:
        return None
    issues = list(Issue.objects.published(on)[:NEWEST])
    if not issues:
        return None
    return Block(
        title="号を読む",
        note="新しい号から並べています。",
        template="journal/_issues_of_journal.html",
        context={"issues": issues},
        order=-30,
        shown=[ISSUES.shown(Issue.objects.published(on), title="創るの各号")],
    )


def articles_from_initiative(initiative, on):
    articles = list(Article.objects.published(on).filter(initiative=initiative).select_related("issue"))
    if not articles:
        return None
    return Block(
        title="「創る」の記事",
        template="journal/_articles_from.html",
        context={"articles": articles},
        shown=[ARTICLES.shown(Article.objects.published(on).filter(initiative=initiative), title="「創る」の記事")],
    )


RELATED = {Program: [issues_of_journal], Initiative: [articles_from_initiative]}
