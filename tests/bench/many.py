"""`python -m tests.bench.many 100000`: so many public initiatives, with what the public was told of each, so many budget
figures and windows, and `… 0` takes them away.

For a database that is there to be measured, with the official tables and the content of `load_facts`; the environment names
it as for manage.py. All are marked 見本, and each says by its source or its import that it was made here, or hangs on what
does: what goes again is these rows and no other. The same number makes the same rows; only what calendars were told of
calls follows from the day.
"""

import os
import random
import sys
from datetime import date, datetime, time
from itertools import islice

from django.db import connection, transaction

from tests.bench.many_programs import ROWS_AT_ONCE, SOURCE, YEARS, add_programs, remove_programs, saved

FIRST_NUMBER = 1_000_001  # of codes: far from those that offices take

PLACES = [
    "港",
    "温泉",
    "湿原",
    "牧場",
    "森林",
    "海岸",
    "市場",
    "駅前",
    "商店街",
    "学校跡",
    "漁港",
    "農園",
    "資料館",
    "遊歩道",
    "公民館",
    "道の駅",
]
THINGS = [
    "エゾシカ",
    "さけ",
    "昆布",
    "ホタテ",
    "牛乳",
    "チーズ",
    "木材",
    "じゃがいも",
    "小麦",
    "山菜",
    "わかさぎ",
    "温泉熱",
    "雪氷",
    "流氷",
    "星空",
    "アイヌ文化",
]
DEEDS = [
    "活用",
    "発信",
    "保全",
    "継承",
    "ブランド化",
    "販路開拓",
    "担い手育成",
    "受入体制づくり",
    "調査",
    "交流",
    "普及",
    "連携",
]
AIMS = [
    "広域観光の推進",
    "関係人口の創出",
    "移住・定住の促進",
    "防災力の向上",
    "子育て支援",
    "地域交通の確保",
    "水産業の振興",
    "森林の保全",
    "食の発信",
]
PARTNERS = [
    "商工会",
    "観光協会",
    "漁業協同組合",
    "農業協同組合",
    "森林組合",
    "大学",
    "高等学校",
    "町内会連合会",
    "社会福祉協議会",
    "地域おこし協力隊",
]
RARE, RARE_EVERY = "幻氷", 2_500  # a word that one text in so many has, the first among them
SENTENCES = (
    "{place}を拠点に、{thing}の{deed}を進めます。",
    "{partner}と{town}が協力し、{aim}につなげます。",
    "{thing}と{place}を結ぶ周遊の道筋を、住民とともに考えます。",
    "前の年度の課題であった{deed}について、{partner}の助言を受けて見直します。",
    "{town}をはじめとする管内の市町村で、{place}の{deed}に取り組みます。",
    "得られた成果はデータとしてまとめ、{aim}の資料として公開します。",
)


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sumairu.settings")
    django.setup()
    remove()
    add(int(sys.argv[1]))
    if connection.vendor == "postgresql":  # which would do so by itself, a minute later
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@transaction.atomic
def add(count):
    """Make `count` initiatives, figures and windows, none of which may be there yet."""
    from sumairu.models import ContentVersion

    _add_initiatives(count)
    add_programs(count)
    _index()
    ContentVersion.moved()


@transaction.atomic
def remove():
    """Take away all that was made here; how many initiatives that were."""
    from regions.models import Initiative
    from sumairu.models import ContentVersion
    from sumairu.updates.models import LastPublic, Update, UpdateFacet

    made = Initiative.objects.filter(source=SOURCE, is_sample=True)
    told = {"kind": _kind().slug, "row__in": made.values("pk")}
    _at_once(UpdateFacet.objects.filter(update__in=Update.objects.filter(**told)))
    for model in (Update, LastPublic):
        _at_once(model.objects.filter(**told))
    for relation in (Initiative.themes, Initiative.municipalities):
        _at_once(relation.through.objects.filter(initiative__in=made))
    count = _at_once(made)
    remove_programs(_at_once)
    _index()
    ContentVersion.moved()
    return count


def _index():
    """What the search finds of all this."""
    from regions.models import Initiative
    from sumairu.search import index
    from support.models import Program, ProgramEdition

    index.rebuild(index.kinds_with([Initiative, Program, ProgramEdition]))


def _at_once(rows):
    """Delete `rows`, on which nothing hangs any more, by one statement: Django would read each of 100,000 first."""
    return rows._raw_delete(rows.db)


def _add_initiatives(count):
    from regions.models import Initiative, Subprefecture, Theme

    offices = [(office, list(office.municipalities.governed())) for office in Subprefecture.objects.all()]
    themes = list(Theme.objects.all())
    rows = iter(_initiatives(count, offices))
    while made := list(islice(rows, ROWS_AT_ONCE)):
        initiatives = Initiative.objects.bulk_create(initiative for initiative, _ in made)
        towns_of = [towns for _, towns in made]
        themes_of = [_themes_of(number, themes) for number in range(len(initiatives))]
        for relation, chosen in ((Initiative.themes, themes_of), (Initiative.municipalities, towns_of)):
            relation.through.objects.bulk_create(_joined(relation, initiatives, chosen))
        _tell(initiatives, themes_of, towns_of)


def _initiatives(count, offices):
    """Pairs of an unsaved initiative and its towns, none where it concerns all of its office's."""
    from regions.models import Initiative
    from sumairu.publishing.models import Status

    for number in range(count):
        dice = random.Random(number)  # the same number makes the same row
        year = YEARS[number % len(YEARS)]
        office, towns = offices[number // len(YEARS) % len(offices)]
        chosen = dice.sample(towns, min(len(towns), dice.choice((0, 1, 2))))
        words = {
            "place": dice.choice(PLACES),
            "thing": dice.choice(THINGS),
            "deed": dice.choice(DEEDS),
            "aim": dice.choice(AIMS),
            "town": chosen[0].name if chosen else office.seat,
        }
        partners = dice.sample(PARTNERS, 2)
        texts = [each.format(partner=partners[0], **words) for each in dice.sample(SENTENCES, 5)]
        rare = f"冬は{RARE}も見られます。" if number % RARE_EVERY == 0 else ""
        initiative = Initiative(
            code=f"{office.slug}-{year}-{FIRST_NUMBER + number}",
            subprefecture=office,
            fiscal_year=year,
            title=f"{words['thing']}の{words['deed']}による{words['aim']}",
            summary="".join(texts[:2]),
            body="\n\n".join([*texts[2:], *filter(None, [rare])]),
            partners="\n".join(partners),
            source=SOURCE,
            status=Status.PUBLISHED,
            publish_on=date(year, 4, 1),
            order=dice.randrange(100),
            is_sample=True,
        )
        yield initiative, chosen


def _themes_of(number, themes):
    return list(dict.fromkeys([themes[number % len(themes)], themes[number // 3 % len(themes)]]))


def _joined(relation, initiatives, chosen):
    """The rows that join each of `initiatives` to the themes or towns that are chosen for it."""
    for initiative, rows in zip(initiatives, chosen, strict=True):
        for row in rows:
            yield relation.through(initiative=initiative, **{relation.rel.model._meta.model_name: row})


def _tell(initiatives, themes_of, towns_of):
    """What the ledger of updates has of them: that each was published on its day, and what it says."""
    from sumairu.updates.models import LastPublic, Update, UpdateFacet

    states = [_state(*row) for row in zip(initiatives, themes_of, towns_of, strict=True)]
    LastPublic.objects.bulk_create(states)
    updates = Update.objects.bulk_create(map(_published, initiatives, states))
    facets = (
        UpdateFacet(update=update, facet=facet)
        for update, state in zip(updates, states, strict=True)
        for facet in state.facets
    )
    saved(UpdateFacet, facets)


def _state(initiative, themes, towns):
    from sumairu.updates.models import LastPublic, facet_of

    facets = {"kind": [_kind().slug], "year": [initiative.fiscal_year], "office": [initiative.subprefecture.slug]}
    facets |= {"theme": [theme.slug for theme in themes], "town": [town.code for town in towns]}
    return LastPublic(
        kind=_kind().slug,
        row=initiative.pk,
        title=initiative.title,
        note=_kind().note(initiative),
        path=initiative.get_absolute_url(),
        facets=[facet_of(name, value) for name, values in facets.items() for value in values],
        is_sample=True,
        content={"title": initiative.title, "summary": initiative.summary},
    )


def _published(initiative, state):
    from django.utils.timezone import make_aware

    from sumairu.updates.models import Update, What

    same = {name: getattr(state, name) for name in ("kind", "row", "title", "note", "path", "is_sample")}
    return Update(what=What.NEW, happened_at=make_aware(datetime.combine(initiative.publish_on, time())), **same)


def _kind():
    from regions.descriptions import INITIATIVES

    return INITIATIVES


if __name__ == "__main__":
    main()
