"""Which indicator a column counts: by all that its headers say, else by all that stands over the table, else by asking.

A header that says more than the indicator's name (普通交付税 over 基準財政需要額) is another thing, and not guessed at.

>>> core("（参考）R３当初算定"), core("令和４年度　市町村別普通交付税決定額"), core("ふるさと納税 受入金額（千円）")
('', '普通交付税', 'フルサト納税受入')
>>> core("65歳以上人口（人）"), core("普通交付税に係る基準財政需要額")
('65歳以上人口', '普通交付税ニ係ル基準財政需要')
"""

import re

from regions.models import Indicator
from sumairu.imports.kinds import SKIP, SKIPPED_BY_ANSWER, Asked, LeftOut, Question
from sumairu.lib.amounts import UNITS
from sumairu.lib.folding import fold

OF_INDICATORS = {fold(word) for word in ("指標", "指標名", "項目", "項目名")}
KINDS = {"yen": "金額", "people": "人数", "count": "件数"}

_UNITS = "|".join([*sorted(UNITS, key=len, reverse=True), "人", "名", "件"])
_IN_BRACKETS = re.compile(rf"[(\[【](?:単位)?:?(?:{_UNITS})(?:[、,・](?:{_UNITS}))*[)\]】]")
_YEAR_ALONE = re.compile(r"(?:令和|平成|昭和)?(?:元|\d{1,4})?(?:年度?)?")
_YEARS = re.compile(
    r"(?:令和|平成|昭和|(?<![a-z])[rhs](?=[\d元.]))\.?(?:元|\d{1,2})(?:\(\d{4}\))?(?:年度?)?"
    r"|(?<!\d)(?:19|20)\d\d(?!\d)(?:年度?)?|(?<!\d)(?:元|\d{1,2})?年度"
)
# Words that do not tell one indicator from another. 金額 and 件数 are told apart by what is counted.
_COMMON = re.compile(
    "|".join(
        fold(word)
        for word in (
            *(
                "北海道",
                "全道",
                "道内",
                "市町村別",
                "市町村",
                "団体別",
                "各団体",
                "一覧表",
                "一覧",
                "推移",
                "状況",
                "調べ",
            ),
            *(
                "実績",
                "参考",
                "算定",
                "決定",
                "当初",
                "補正後",
                "最終",
                "決算",
                "金額",
                "件数",
                "人数",
                "数値",
                "額",
                "値",
            ),
        )
    )
    + r"|[・,、。.:/()\[\]【】「」『』<>~〜_-]"
)
_PER_HEAD = re.compile(r"当タリ|アタリ|当リ|割合|指数|累計|見込|推計|試算|概算|要求")


def core(text):
    """A header or title, folded, without years, units and the words that tell nothing apart."""
    folded = fold(text)
    if _YEAR_ALONE.fullmatch(folded):
        return ""
    return _COMMON.sub("", _YEARS.sub("", _IN_BRACKETS.sub("", folded)))


class Indicators:
    """Indicators by every name they go by; `answers` settle what no name does."""

    def __init__(self, answers):
        self.answers = answers
        self.indicators = {indicator.slug: indicator for indicator in Indicator.objects.all()}
        self.cores = {slug: {core(name) for name in each.names} - {""} for slug, each in self.indicators.items()}

    def claims(self, header, text):
        """Does a label say which indicator it is, and not whose?"""
        return fold(header) in OF_INDICATORS or any(core(text) in cores for cores in self.cores.values())

    def counted_in(self, figure, titles):
        """The indicator of a figure. Raises LeftOut where it is of another stage."""
        indicator = self._named(figure, titles)
        if figure.stage and figure.stage != indicator.stage:
            kept = f"「{indicator.stage}」の数値" if indicator.stage else "段階を分けない指標"
            raise LeftOut(f"「{figure.stage}」の数値です。「{indicator}」は{kept}なので、読みません。")
        return indicator

    def _named(self, figure, titles):
        fitting = [each for each in self.indicators.values() if figure.kind in (each.measure, None)]
        if not fitting:
            raise LeftOut(f"{KINDS[figure.kind]}の指標が登録されていません。管理画面の「指標」に加えると読み取れます。")
        texts = [text for label in figure.labels if self.claims(*label) for text in label[1:]] or list(figure.column)
        said = "".join(dict.fromkeys(map(core, texts)))
        over = [core(title) for title in titles]
        is_clear = not any(_PER_HEAD.search(fold(text)) for text in (*texts, *figure.column, *titles))
        for wording in [said, *(f"{title}{said}" for title in over)]:
            found = [each for each in fitting if wording in self.cores[each.slug]]
            if len(found) == 1 and is_clear:
                return found[0]
        return self._asked(figure, texts, said, over, fitting)

    def _asked(self, figure, texts, said, over, fitting):
        names = [text for text in texts if not _YEAR_ALONE.fullmatch(fold(text))]
        likely = [each for each in fitting if any(part in said for part in self.cores[each.slug])]
        choices = likely + [each for each in fitting if each not in likely]
        question = Question(
            key=f"indicator:{figure.kind}:{'/'.join(filter(None, (*over, *map(fold, names))))}",
            title="どの指標の数値ですか",
            text=(
                f"シート「{figure.sheet}」の「{' '.join(names) or figure.sheet}」は、どの指標の数値ですか。"
                "ここになければ、管理画面の「指標」に加えてから、もう一度読み取ってください。"
            ),
            choices=tuple((each.slug, each.name) for each in choices[:5]),
            others=tuple((each.slug, each.name) for each in choices[5:]),
        )
        answer = self.answers.get(question.key)
        if answer == SKIP:
            raise LeftOut(SKIPPED_BY_ANSWER)
        if answer is None or not question.accepts(answer):
            raise Asked(question)
        return self.indicators[answer]
