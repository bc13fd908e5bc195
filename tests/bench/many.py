"""`python -m tests.bench.many 100000`: so many public initiatives and as many budget figures, and `… 0` takes them away.

For a database that is there to be measured, with the official tables and the content of `load_facts`; the environment names
it as for manage.py. All are marked 見本, and each says by its source or its import that it was made here: what goes again
is these rows and no other. The same number makes the same rows.
"""

import os
import random
import sys
from datetime import date
from itertools import islice, product

from django.db import connection, transaction

SOURCE = "計測用の見本（tests.bench.many）"
FILE = "計測用の見本.xlsx"
FIRST_NUMBER = 1_000_001  # of codes: far from those that offices take
PROGRAM = "keisoku-mihon-"
YEARS = range(2007, 2027)
FIGURES_A_PROGRAM = 20 * 15 * 5  # years, places, stages
ROWS_AT_ONCE = 2_000

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
    """Make `count` initiatives and `count` figures, none of which may be there yet."""
    from sumairu.models import ContentVersion

    _add_initiatives(count)
    _add_figures(count)
    _index()
    ContentVersion.moved()


@transaction.atomic
def remove():
    """Take away all that was made here; how many initiatives that were."""
    from regions.models import Initiative
    from sumairu.imports.models import ImportRun
    from sumairu.models import ContentVersion, FileContent, StoredFile
    from support.models import BudgetFigure, Program, ProgramEdition

    made = Initiative.objects.filter(source=SOURCE, is_sample=True)
    for relation in (Initiative.themes, Initiative.municipalities):
        _at_once(relation.through.objects.filter(initiative__in=made))
    count = _at_once(made)
    programs = Program.objects.filter(slug__startswith=PROGRAM, is_sample=True)
    runs = ImportRun.objects.filter(file__name=FILE)
    files = list(runs.values_list("file", flat=True))
    _at_once(BudgetFigure.objects.filter(run__in=runs))
    _at_once(ProgramEdition.objects.filter(program__in=programs))
    for rows in (programs, runs, FileContent.objects.filter(file__in=files), StoredFile.objects.filter(pk__in=files)):
        _at_once(rows)
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
        for model, chosen in (
            (Initiative.themes.through, _themes_of(initiatives, themes)),
            (Initiative.municipalities.through, _towns_of(initiatives, [towns for _, towns in made])),
        ):
            model.objects.bulk_create(chosen)


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


def _themes_of(initiatives, themes):
    from regions.models import Initiative

    for number, initiative in enumerate(initiatives):
        for theme in {themes[number % len(themes)], themes[number // 3 % len(themes)]}:
            yield Initiative.themes.through(initiative=initiative, theme=theme)


def _towns_of(initiatives, towns):
    from regions.models import Initiative

    for initiative, chosen in zip(initiatives, towns, strict=True):
        for town in chosen:
            yield Initiative.municipalities.through(initiative=initiative, municipality=town)


def _add_figures(count):
    """Budgets of sample programmes, in all years, places and stages, as one workbook would have brought them."""
    from regions.models import Subprefecture
    from sumairu.imports.models import ImportRun
    from sumairu.models import StoredFile
    from sumairu.publishing.models import Status
    from support.models import BudgetFigure, Pillar, Program, ProgramEdition

    file = StoredFile.of(FILE, SOURCE.encode(), "text/plain")
    file.save()
    run = ImportRun.objects.create(kind="budget", file=file, state=ImportRun.State.DROPPED)
    numbers = range(-(-count // FIGURES_A_PROGRAM))
    programs = Program.objects.bulk_create(
        Program(
            slug=f"{PROGRAM}{number:03}",
            pillar=Pillar.FINANCIAL,
            official_name=f"計測用の見本の交付金（{number + 1}）",
            plain_name=f"計測用の見本を使う（{number + 1}）",
            order=900,
            is_sample=True,
        )
        for number in numbers
    )
    ProgramEdition.objects.bulk_create(
        ProgramEdition(program=program, fiscal_year=YEARS[-1], summary=SOURCE, status=Status.PUBLISHED, is_sample=True)
        for program in programs
    )
    places = [None, *Subprefecture.objects.all()]
    keys = islice(product(programs, BudgetFigure.Stage, places, YEARS), count)
    rows = (
        BudgetFigure(
            program=program,
            fiscal_year=year,
            subprefecture=place,
            stage=stage,
            amount_yen=1_000_000 + number % 977 * 13_000,
            run=run,
            sheet="見本",
            cell=f"B{number + 2}",
            raw=str(1_000 + number % 977 * 13),
            unit="千円",
        )
        for number, (program, stage, place, year) in enumerate(keys)
    )
    while some := list(islice(rows, ROWS_AT_ONCE)):
        BudgetFigure.objects.bulk_create(some)


if __name__ == "__main__":
    main()
