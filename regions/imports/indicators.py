"""Which indicator a column counts: by all that its headers say, else by all that stands over the table, else by asking.

A header that says more than the indicator's name (普通交付税 over 基準財政需要額) is another thing, and not guessed at.
"""

from regions.models import Indicator
from sumairu.imports.kinds import LeftOut, New, Question
from sumairu.imports.unstated import kind_of_names
from sumairu.lib.counted_words import core, is_reckoned, only_repeats, without_year
from sumairu.lib.folding import fold
from sumairu.lib.measures import NAMES
from sumairu.lib.question_keys import QuestionKey

OF_INDICATORS = {fold(word) for word in ("指標", "指標名", "項目", "項目名")}


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
        kind = figure.kind or kind_of_names(figure)
        fitting = [each for each in self.indicators.values() if kind in (each.measure, None)]
        if not fitting:
            raise LeftOut(
                f"{NAMES.get(kind, '数値')}の指標が登録されていません。管理画面の「指標」に加えると読み取れます。"
            )
        texts = [text for label in (*figure.labels, *figure.beside) if self.claims(*label) for text in label[1:]] or [
            text for text in figure.column if text != figure.label
        ]
        said = "".join(dict.fromkeys(map(core, texts)))
        over = [core(title) for title in titles]
        is_clear = not any(is_reckoned(text) for text in (*texts, *figure.column, *titles))
        repeated = [title for title in over if only_repeats(said, title)]
        for wording in [said, *(f"{title}{said}" for title in over), *repeated]:
            found = [each for each in fitting if wording in self.cores[each.slug]]
            if len(found) == 1 and is_clear:
                return found[0]
        return self._asked(figure, texts, titles, fitting)

    def _asked(self, figure, texts, titles, fitting):
        names = [text for text in texts if without_year(text)]
        over = [core(title) for title in titles]
        said = "".join([*over, *map(core, texts)])
        likely = [each for each in fitting if any(part in said for part in self.cores[each.slug])]
        choices = likely + [each for each in fitting if each not in likely]
        question = Question(
            key=QuestionKey.of_name(
                "indicator", f"{figure.kind}:{'/'.join(filter(None, (*over, *map(without_year, names))))}"
            ),
            title="どの指標の数値ですか",
            text=f"シート「{figure.sheet}」の「{_told(names, titles)}」は、どの指標の数値ですか。",
            choices=tuple((each.slug, each.name) for each in choices[:5]),
            others=tuple((each.slug, each.name) for each in choices[5:]),
            new=New(Indicator, {"name": _told(names, titles)[:40], "measure": figure.kind or Indicator.Measure.YEN}),
        )
        return self.indicators[self.answers.to(question)]


def _told(names, titles):
    """What a person would call what is counted: by its headers, else by the nearest title that says more than a year."""
    telling = [name for name in names if core(name)]
    return " ".join(telling or [title for title in titles if core(title)][-1:] or names or titles[:1])
