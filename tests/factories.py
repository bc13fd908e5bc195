"""`make_x(**kw)`: one saved x with the least that is valid; keywords say what the test is about.

People are the same everywhere: one at headquarters, one editor in 釧路, one in 根室, one administrator, one municipal
official who signs in nowhere, and one stranger with an account but no posting.
"""

from datetime import date
from io import BytesIO
from itertools import count, cycle

from django.utils.timezone import now
from PIL import Image

from regions.models import (
    CooperationRegion,
    Desk,
    Fact,
    Indicator,
    IndicatorFigure,
    Initiative,
    MunicipalFact,
    Municipality,
    RegionalPolicy,
    StaffAssignment,
    Subprefecture,
    Theme,
)
from sumairu.accounts.models import User
from sumairu.imports.models import ImportRun, Layout
from sumairu.models import StoredFile
from sumairu.publishing.models import Status
from sumairu.search.models import Synonym
from sumairu.updates.models import Update
from sumairu.versions.models import Origin, Version
from support.cases.models import Case
from support.digests.models import Subscriber
from support.journal.models import Article, Issue
from support.models import (
    ApplicationWindow,
    BudgetFigure,
    Dispatch,
    DispatchDuty,
    DispatchFigure,
    EligibilityRule,
    LocalNote,
    Pillar,
    Program,
    ProgramDesk,
    ProgramEdition,
)
from support.notices.models import Notice
from support.reports.models import Report
from support.strategies.models import Frame, TownStrategy
from support.uptake.models import UptakeFigure

OFFICES = {  # slug: (name, short name, kind, seat, order)
    "kushiro": ("釧路総合振興局", "釧路", "総合振興局", "釧路市", 13),
    "nemuro": ("根室振興局", "根室", "振興局", "根室市", 14),
    "tokachi": ("十勝総合振興局", "十勝", "総合振興局", "帯広市", 12),
}
TOWNS = {  # name: (code, kana, romaji, office)
    "釧路市": ("012068", "くしろし", "Kushiro", "kushiro"),
    "厚岸町": ("016624", "あっけしちょう", "Akkeshi", "kushiro"),
    "根室市": ("012238", "ねむろし", "Nemuro", "nemuro"),
    "別海町": ("016918", "べつかいちょう", "Betsukai", "nemuro"),
    "羅臼町": ("016942", "らうすちょう", "Rausu", "nemuro"),
    "帯広市": ("012076", "おびひろし", "Obihiro", "tokachi"),
}
_numbers = count(1)
_issue_numbers = cycle(range(100, 10_000))  # those that have an address


def make_cooperation_region(slug="kushiro-nemuro", name="釧路・根室連携地域"):
    return CooperationRegion.objects.get_or_create(slug=slug, defaults={"name": name, "order": 6})[0]


def make_subprefecture(slug="kushiro"):
    name, short_name, kind, seat, order = OFFICES[slug]
    fields = {"name": name, "short_name": short_name, "kind": kind, "seat": seat, "order": order}
    fields["cooperation_region"] = make_cooperation_region()
    return Subprefecture.objects.get_or_create(slug=slug, defaults=fields)[0]


def make_municipality(name="釧路市", **kw):
    code, kana, romaji, office = TOWNS[name]
    found = Municipality.objects.filter(code=code).first()
    if found:
        return found
    fields = {"code": code, "code5": code[:5], "name": name, "kana": kana, "romaji": romaji, "kind": name[-1]}
    fields |= {"population": 24636, "subprefecture": make_subprefecture(office)}
    return Municipality.objects.create(**fields | kw)


def make_fact(slug="population", **kw):
    return Fact.objects.get_or_create(slug=slug, defaults={"label": "人口", "unit": "人"} | kw)[0]


def make_municipal_fact(**kw):
    kw["municipality"] = kw.get("municipality") or make_municipality()
    kw["fact"] = kw.get("fact") or make_fact()
    return MunicipalFact.objects.create(**{"year": 2020, "value": 24636, "source": "国勢調査"} | kw)


def make_indicator(name="普通交付税", **kw):
    fields = {"slug": f"indicator-{next(_numbers)}", "source": "総務省"}
    return Indicator.objects.get_or_create(name=name, defaults=fields | kw)[0]


def make_indicator_figure(**kw):
    kw["indicator"] = kw.get("indicator") or make_indicator()
    kw["municipality"] = kw.get("municipality") or make_municipality()
    fields = {"amount": 23_617_795_000, "raw": "23617795", "unit": "千円"}
    return IndicatorFigure.objects.create(**{"fiscal_year": 2021} | fields | _source(kw) | kw)


def make_user(email, name="見本 職員", **kw):
    found = User.objects.filter(email=email).first()
    return found or User.objects.create_user(email, "password", name=name, **kw)


def make_assignment(user, subprefecture=None, **kw):
    return StaffAssignment.objects.create(
        **{"user": user, "subprefecture": subprefecture, "starts_on": date(2020, 4, 1)} | kw
    )


def make_editor(slug):
    """The editor of the office `slug`."""
    user = make_user(f"{slug}@example.jp", f"{OFFICES[slug][1]}の編集者")
    if not user.assignments.exists():
        make_assignment(user, make_subprefecture(slug))
    return user


def make_headquarters_editor():
    user = make_user("honcho@example.jp", "本庁の編集者")
    if not user.assignments.exists():
        make_assignment(user)
    return user


def make_administrator():
    user = make_user("kanri@example.jp", "管理者")
    if not user.assignments.exists():
        make_assignment(user, role=StaffAssignment.Role.ADMINISTRATOR)
    return user


def make_stranger():
    """Somebody with an account and no posting today."""
    return make_user("stranger@example.jp", "配属のない人")


def make_desk(**kw):
    kw.setdefault("subprefecture", None)
    fields = {"section": f"地域政策課{next(_numbers)}", "phone": "0000-00-0000", "confirmed_on": date(2026, 4, 1)}
    return Desk.objects.create(**fields | kw)


def make_theme(name="観光", slug="tourism"):
    return Theme.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def make_policy(**kw):
    kw["subprefecture"] = kw.get("subprefecture") or make_subprefecture()
    return RegionalPolicy.objects.create(**{"fiscal_year": 2021, "text": "", "status": Status.PUBLISHED} | kw)


def make_initiative(**kw):
    kw["subprefecture"] = kw.get("subprefecture") or make_subprefecture()
    fields = {
        "fiscal_year": 2021,
        "title": f"取組{next(_numbers)}",
        "summary": "要約です。",
        "status": Status.PUBLISHED,
    }
    return Initiative.objects.create(**fields | kw)


def make_attachment(row, title="様式", file=None):
    """A file beside an initiative or an edition."""
    return row.attachments.create(title=title, file=file or make_file("様式.xlsx", title.encode()))


def png(size=(60, 40), colour="green"):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def make_picture(initiative, **kw):
    kw["file"] = kw.get("file") or make_picture_file()
    fields = {"alt": "畑で話す人たち", "credit": "釧路総合振興局", "width": 60, "height": 40}
    return initiative.pictures.create(**fields | kw)


def make_picture_file(name="畑.png", content=None):
    file = StoredFile.of(name, content or png(), "image/png")
    file.save()
    return file


def make_case(towns=(), themes=(), programs=(), **kw):
    """Of 釧路's office, where nothing else is said."""
    kw.setdefault("subprefecture", make_subprefecture())
    number = next(_numbers)
    fields = {
        "key": f"case-{number}",
        "title": f"事例{number}",
        "summary": "まちで取り組んだことの概要です。",
        "fiscal_year": 2021,
    }
    case = Case.objects.create(**fields | {"status": Status.PUBLISHED} | kw)
    case.municipalities.set(towns), case.themes.set(themes), case.programs.set(programs)
    return case


def make_case_figure(case, **kw):
    fields = {"what": "移住した人", "number": 12, "unit": "人", "fiscal_year": 2021, "source": "町の調べ"}
    return case.figures.create(**fields | kw)


def make_program(**kw):
    number = next(_numbers)
    fields = {"slug": f"program-{number}", "pillar": Pillar.FINANCIAL, "official_name": f"支援制度{number}"}
    return Program.objects.create(**fields | {"plain_name": f"支援{number}を使う"} | kw)


def make_edition(**kw):
    kw["program"] = kw.get("program") or make_program()
    return ProgramEdition.objects.create(
        **{"fiscal_year": 2021, "summary": "概要です。", "status": Status.PUBLISHED} | kw
    )


def make_rule(**kw):
    kw["edition"] = kw.get("edition") or make_edition()
    kw["fact"] = kw.get("fact") or make_fact("applicant", label="申し込む人", kind=Fact.Kind.TEXT, unit="")
    return EligibilityRule.objects.create(**{"operator": "eq", "value": "市町村"} | kw)


def make_window(**kw):
    kw["edition"] = kw.get("edition") or make_edition()
    return ApplicationWindow.objects.create(**{"opens_on": date(2021, 4, 1), "closes_on": date(2021, 5, 31)} | kw)


def make_local_note(**kw):
    kw["edition"] = kw.get("edition") or make_edition()
    kw["subprefecture"] = kw.get("subprefecture") or make_subprefecture()
    return LocalNote.objects.create(**{"text": "注記です。"} | kw)


def make_program_desk(**kw):
    kw["program"] = kw.get("program") or make_program()
    kw["desk"] = kw.get("desk") or make_desk()
    return ProgramDesk.objects.create(**kw)


def make_file(name="予算.xlsx", content=b"PK"):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = StoredFile.of(name, content, media_type)
    file.save()
    return file


def make_run(**kw):
    kw["file"] = kw.get("file") or make_file()
    return ImportRun.objects.create(**{"kind": "budget"} | kw)


def make_version(**kw):
    theme = make_theme()
    return Version.objects.create(
        **{"kind": "regions.theme", "record_id": theme.pk, "number": 1, "label": str(theme), "origin": Origin.FORM} | kw
    )


def make_layout(**kw):
    return Layout.objects.create(**{"kind": "budget", "name": "予算額の推移", "shape": "0" * 64} | kw)


def make_budget_figure(**kw):
    return _make_figure(BudgetFigure, {"amount_yen": 4_550_000_000, "raw": "45.5", "unit": "億円"}, kw)


def make_dispatch_figure(**kw):
    return _make_figure(DispatchFigure, {"headcount": 38, "raw": "38", "unit": "人"}, kw)


def make_uptake(**kw):
    kw["municipality"] = kw.get("municipality") or make_municipality()
    return _make_figure(UptakeFigure, {"amount": 1_200_000, "raw": "1200", "unit": "千円"}, kw)


def make_duty(**kw):
    kw["program"] = kw.get("program") or make_program(pillar=Pillar.HUMAN)
    return DispatchDuty.objects.create(**{"fiscal_year": 2021, "name": "関係人口の創出"} | kw)


def make_dispatch(**kw):
    kw["program"] = kw.get("program") or make_program(pillar=Pillar.HUMAN)
    kw["municipality"] = kw.get("municipality") or make_municipality()
    return Dispatch.objects.create(**{"code": f"dispatch-{next(_numbers)}", "duties": "関係人口の創出"} | kw)


def _make_figure(model, fields, kw):
    kw["program"] = kw.get("program") or make_edition().program
    return model.objects.create(**{"fiscal_year": 2021} | fields | _source(kw) | kw)


def _source(kw):
    if kw.get("entered_by") is None and kw.get("run") is None:
        kw["run"] = make_run()
    return {"sheet": "予算額", "cell": "B6"} if kw.get("run") else {}


def make_report(**kw):
    """Of 釧路's page, where nothing else is said."""
    kw.setdefault("subprefecture", make_subprefecture())
    fields = {
        "page": "/regions/kushiro/",
        "page_title": "釧路総合振興局",
        "said": "釧路総合振興局",
        "content_version": 1,
    }
    return Report.objects.create(**fields | {"wrong": "電話番号が違います。"} | kw)


def make_strategy(**kw):
    kw["municipality"] = kw.get("municipality") or make_municipality()
    fields = {"title": f"総合戦略{next(_numbers)}", "first_year": 2020, "last_year": 2024, "status": Status.PUBLISHED}
    return TownStrategy.objects.create(**fields | kw)


def make_aim(strategy=None, **kw):
    strategy = strategy or make_strategy()
    return strategy.aims.create(**{"number": 1, "text": "仕事をつくる"} | kw)


def make_strategy_indicator(strategy=None, **kw):
    strategy = strategy or make_strategy()
    return strategy.indicators.create(**{"aim_number": 1, "name": "新しく就いた人", "unit": "人"} | kw)


def make_frame(**kw):
    number = next(_numbers)
    fields = {"slug": f"frame-{number}", "title": f"北海道の戦略{number}", "source": "資料"}
    fields["summary"] = "北海道の創生に向けた戦略です。"
    return Frame.objects.create(**fields | {"status": Status.PUBLISHED} | kw)


def make_update(**kw):
    fields = {
        "kind": "initiatives",
        "row": next(_numbers),
        "what": Update.What.NEW,
        "title": "海の観光",
        "happened_at": now(),
    }
    return Update.objects.create(**fields | {"path": "/initiatives/kushiro-2021-1/"} | kw)


def make_subscriber(email="tantou@akkeshi.example.jp", **kw):
    """Of 厚岸町, where nothing else is said; of everything there is."""
    if "subprefecture" not in kw:
        kw.setdefault("municipality", make_municipality("厚岸町"))
    return Subscriber.objects.create(email=email, **kw)


def make_synonym(word="エゾシカ", **kw):
    return Synonym.objects.create(**{"word": word, "group": "鹿"} | kw)


def make_issue(**kw):
    number = kw.pop("number", None) or next(_issue_numbers)
    fields = {
        "season": "autumn",
        "issued_on": date(2026, 10, 1),
        "title": "小さな拠点",
        "summary": "小さな拠点を集めた号です。",
    }
    return Issue.objects.create(**{"number": number, "status": "published"} | fields | kw)


def make_article(**kw):
    kw["issue"] = kw.get("issue") or make_issue()
    return Article.objects.create(**{"title": "まちの食卓", "body": "食堂を借りて始まりました。"} | kw)


def make_notice(**kw):
    """Of headquarters, where nothing else is said; a national one says whose programme it tells of."""
    fields = {"title": f"お知らせ{next(_numbers)}", "dated": date(2026, 4, 1), "text": "本文のはじめの文です。"}
    fields["status"] = Status.PUBLISHED
    if kw.get("act_by"):
        fields["to_do"] = "調査票に答える"
    if kw.get("kind") == Notice.Kind.NATIONAL:
        fields |= {"ministry": "架空の省", "source": "架空の資料（2026年4月）"}
    return Notice.objects.create(**fields | kw)
