"""Cases under the names of 事例 in 政府相互運用性フレームワーク (GIF 451-3, デジタル庁), in its order.

Several values are joined by 「;」, days are ISO 8601. The standard has no mark for samples, so that they are not in it.
"""

from django.conf import settings
from django.db.models import Prefetch

from sumairu.descriptions import Part, Table
from sumairu.lib.markdown import plain
from sumairu.lib.wareki import era_name
from support.cases.models import Case, CaseLink, CasePicture
from support.models import Program


def _cases():
    return (
        Case.objects.published()
        .filter(is_sample=False)
        .select_related("subprefecture", "desk__subprefecture")
        .prefetch_related(
            "municipalities",
            "themes",
            "figures",
            Prefetch("programs", Program.objects.published()),
            Prefetch("related", Case.objects.published()),
            Prefetch("links", CaseLink.objects.order_by("pk")),
            Prefetch("pictures", CasePicture.objects.select_related("file", "case")),
        )
        .order_by("fiscal_year", "key")
    )


def _text(name):
    return lambda case: " ".join(getattr(case, name).split()) or None


def _marked(name):
    return lambda case: " ".join(plain(getattr(case, name)).split()) or None


def _lines(name):
    return lambda case: [line.strip() for line in getattr(case, name).splitlines() if line.strip()] or None


def _public(address):
    return f"{settings.PUBLIC_ADDRESS}{address}"


def _place(case):
    return [town.name for town in case.municipalities.all()] or case.place


def _organisation(case):
    return "：".join(filter(None, [case.get_organisation_display(), case.organisation_name])) or None


def _result(case):
    """The words and the figures with their sources, in one text as the standard has it."""
    figures = [f"{figure}出どころ：{figure.source}" for figure in case.figures.all()]
    return " ".join(filter(None, [_marked("result")(case), *figures])) or None


def _desk(case):
    desk = case.desk
    return " ".join(filter(None, [str(desk), desk.phone, desk.email])) if desk else None


STANDARD_CASES = Table(
    slug="gif-jirei",
    label="先行事例（政府相互運用性フレームワーク「事例」）",
    about="公開している先行事例を、政府相互運用性フレームワーク（GIF 451-3）の「事例」の項目と順で。見本は含みません",
    public=_cases,
    parts=[
        Part("identifier", "事例ID", lambda case: case.key, about="事例のURL名です。"),
        Part("title", "タイトル", _text("title")),
        Part("subtitle", "サブタイトル", _text("subtitle")),
        Part("year", "事例実施年（西暦）", lambda case: case.fiscal_year, type="year", about="始めた年度です。"),
        Part("year_in_words", "事例実施年（和暦）", lambda case: era_name(case.fiscal_year)),
        Part(
            "municipality_codes",
            "全国地方公共団体コード",
            lambda case: [town.code for town in case.municipalities.all()] or None,
            about="事例の場所の市町村です。",
        ),
        Part("place", "事例の場所", _place),
        Part("organisation", "対象組織", _organisation),
        Part("service", "行政サービス分類", _text("service")),
        Part("themes", "テーマ", lambda case: [theme.name for theme in case.themes.all()] or None),
        Part("keywords", "キーワード", _lines("keywords")),
        Part("summary", "取り組みの概要", _text("summary")),
        Part("reason", "取り組み理由", _text("reason")),
        Part("aim", "目的", _text("aim")),
        Part("challenge", "挑戦したこと", _text("challenge")),
        Part("body", "取り組み内容", _marked("body")),
        Part("lessons", "学んだこと", _text("lessons")),
        Part("result", "成果", _result),
        Part("ingenuity", "導入での工夫", _text("ingenuity")),
        Part("constraints", "制約条件", _text("constraints")),
        Part("spread", "普及", _text("spread")),
        Part("sustaining", "持続させる仕組み", _text("sustaining")),
        Part("evaluation", "評価の方法", _text("evaluation")),
        Part("programs", "利用した制度", lambda case: [each.official_name for each in case.programs.all()] or None),
        Part("partners", "協力者", _lines("partners")),
        Part(
            "pictures", "画像", lambda case: [_public(each.get_absolute_url()) for each in case.pictures.all()] or None
        ),
        Part("pictures_alt", "画像の代替テキスト", lambda case: [each.alt for each in case.pictures.all()] or None),
        Part(
            "pictures_licence",
            "画像のライセンス",
            lambda case: [f"{each.credit}、{each.get_licence_display()}" for each in case.pictures.all()] or None,
        ),
        Part("links", "関連URL", lambda case: [link.url for link in case.links.all()] or None),
        Part(
            "related",
            "関連事例",
            lambda case: [_public(each.get_absolute_url()) for each in case.related.all()] or None,
        ),
        Part("contact", "連絡先", _desk),
        Part("page", "ページ", lambda case: _public(case.get_absolute_url())),
        Part("first_public_on", "公開日", lambda case: case.first_public_on, type="date"),
        Part("updated_at", "最終更新日", lambda case: case.updated_at, type="date"),
    ],
)
