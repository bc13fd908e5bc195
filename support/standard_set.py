"""Editions under the names of 支援制度 in 自治体標準オープンデータセット (デジタル庁), in its order and within its limits.

Several values are joined by 「;」, days are ISO 8601. The set has no mark for samples, so that they are not in it.
対象地域 is the prefecture, 対象地域群 the municipalities of a programme that is not for all of them: the standard wants each by its name,
and sets no limit to how many.
"""

import re
from unicodedata import normalize

from sumairu.descriptions import Part, Table
from sumairu.lib.days import period
from sumairu.lib.markdown import plain
from sumairu.lib.wareki import era_name
from sumairu.publishing.models import public_on
from support.models import ProgramEdition
from support.reach import Areas

HOKKAIDO, REGION = "010006", "北海道"
MOST_KEYWORDS, LONGEST_KEYWORD = 5, 20
HALF_WIDTH_KANA = re.compile("[｡-ﾟ]+")
NOWHERE = "該当する市町村なし"  # a blank would mean all of Hokkaido


def _editions():
    return (
        ProgramEdition.objects.filter(public_on(), is_sample=False)
        .select_related("program__desk", "program__successor")
        .prefetch_related("program__aliases", "program__themes", "windows__subprefecture", "rules__fact")
        .order_by("program__slug", "fiscal_year")
    )


def _only_window(edition):
    """The one stretch of days on which it is applied for; None where there are several, which the remarks then tell."""
    windows = list(edition.windows.all())
    return windows[0] if len(windows) == 1 and windows[0].subprefecture_id is None else None


def _remarks(edition):
    said = [f"{era_name(edition.fiscal_year)}の内容"]
    if not _only_window(edition):
        for window in edition.windows.all():
            days = period(window.opens_on, window.closes_on, edition.fiscal_year)
            said.append(f"{window.subprefecture or REGION}（{window.get_applicant_display()}）：{days}")
    return "。".join(said)


def _keywords(edition):
    program = edition.program
    names = [*(theme.name for theme in program.themes.all()), *(alias.name for alias in program.aliases.all())]
    return [name for name in dict.fromkeys(names) if len(name) <= LONGEST_KEYWORD][:MOST_KEYWORDS]


def _desk(edition):
    desk = edition.program.desk
    return " ".join(filter(None, [desk.section, desk.phone, desk.email])) if desk else None


def _with_areas():
    """Gives each edition the names of the municipalities that it is limited to, as its `area`."""
    areas = Areas()

    def fill(edition):
        towns = areas.of(edition)
        edition.area = towns if towns is None else [town.name for town in towns] or NOWHERE

    return fill


def _title(name):
    """In one line, and without half-width kana."""
    return HALF_WIDTH_KANA.sub(lambda kana: normalize("NFKC", kana[0]), " ".join(name.split()))


def _text(name):
    return lambda edition: " ".join(getattr(edition, name).split()) or None


STANDARD_SET = Table(
    slug="shien-seido",
    label="支援制度（自治体標準オープンデータセット）",
    about="公開している支援制度の年度版を、自治体標準オープンデータセットの「支援制度」の項目と順で。見本は含みません",
    public=_editions,
    filling=_with_areas,
    parts=[
        Part(
            "number",
            "制度番号",
            lambda edition: f"{edition.program.slug}-{edition.fiscal_year}",
            about="制度のURL名と年度（西暦）です。",
        ),
        Part("original_number", "元制度番号", lambda edition: None),
        Part("change", "制度変更区分", lambda edition: None),
        Part("prefecture_code", "全国地方公共団体コード", lambda edition: HOKKAIDO),
        Part("title", "タイトル（制度名）", lambda edition: _title(edition.program.official_name), limit=40),
        Part("subtitle", "サブタイトル（通称）", lambda edition: _title(edition.program.plain_name) or None, limit=40),
        Part("target", "対象者", _text("target"), limit=500),
        Part("pays_for", "用途・対象物", _text("pays_for"), limit=200),
        Part("region", "対象地域", lambda edition: REGION),
        Part(
            "regions",
            "対象地域群",
            lambda edition: edition.area,
            about="一部の市町村だけの制度のときの、その市町村名です。空欄は全道です。いまの統計や指定から対象外と分かる市町村を除いています。"
            "要件に当たるかを確認できない市町村は、除いていません。",
        ),
        Part("summary", "概要", _text("summary"), limit=200),
        Part("body", "内容", lambda edition: plain(edition.body) or None, limit=5_000),
        Part("how_to_apply", "利用・申請方法", _text("how_to_apply"), limit=500),
        Part("opens_on", "受付開始日", lambda edition: (w := _only_window(edition)) and w.opens_on, type="date"),
        Part("closes_on", "受付終了日", lambda edition: (w := _only_window(edition)) and w.closes_on, type="date"),
        Part("remarks", "受付備考", _remarks),
        Part("legal_basis", "根拠法令", _text("legal_basis"), limit=500),
        Part("reference", "詳細参照先", _text("source"), limit=500),
        Part("organisation", "実施組織・支援機関", lambda edition: REGION, limit=100),
        Part("contact", "お問い合わせ先", _desk, limit=1_000),
        Part("apply_url", "電子申請URL", lambda edition: edition.apply_url or None),
        Part("keywords", "キーワード", _keywords),
        Part("first_public_on", "公開日", lambda edition: edition.first_public_on, type="date"),
        Part("unpublish_on", "公開終了日", lambda edition: edition.unpublish_on, type="date"),
    ],
)
