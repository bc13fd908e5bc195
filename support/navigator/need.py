"""What somebody needs, as far as they have said: their answers, each of which is a parameter of the page's address."""

from dataclasses import dataclass, replace
from enum import Enum

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.http import urlencode

from regions.models import Municipality, Theme
from support.applicants import Who
from support.models import Pillar
from support.models.programs import Use

END = "end"  # in place of a question's key: ask nothing more, show the results


class When(TextChoices):
    NOW = "now", "いま使えるもの"
    SOON = "soon", "これから始まるもの"


class Question(Enum):
    """The questions in their order: the heading, the label of the answer, and the link that goes on without one."""

    WHO = "だれが使いますか", "だれが", "決めずに進む"
    TOWN = "どこのまちですか", "どこで", "まちを決めずに進む"
    THEME = "どの分野のことですか", "分野", "分野を決めずに進む"
    PILLAR = "どんな支援がほしいですか", "支援の柱", "どれでもよい"
    USE = "どう使いたいですか", "使い方", "どれでもよい"
    WHEN = "いつ使いたいですか", "いつ", "いつでもよい"

    def __init__(self, heading, label, skip):
        self.heading, self.label, self.skip = heading, label, skip

    @property
    def key(self):
        """Its name in the address."""
        return self.name.lower()

    @property
    def number(self):
        return list(Question).index(self) + 1

    @property
    def following(self):
        return list(Question)[self.number] if self.number < len(Question) else None

    @property
    def preceding(self):
        return list(Question)[self.number - 2] if self.number > 1 else None


@dataclass(frozen=True)
class Need:
    """The answers; `ask` is the key of the question to show, where that is not the one after the last answer."""

    who: Who | None = None
    town: Municipality | None = None
    theme: Theme | None = None
    pillar: Pillar | None = None
    use: Use | None = None
    when: When | None = None
    ask: str = ""
    on: str = ""  # another day than today, as it stands in addresses

    @property
    def asker(self):
        """Who asks. Somebody who names a town but not who they are asks for the town itself."""
        return self.who or (Who.MUNICIPALITY if self.town else None)

    @property
    def answered(self):
        """The questions that have an answer."""
        return [question for question in Question if self.answer_to(question) is not None]

    @property
    def question(self):
        """The open question; None once the results are shown."""
        if self.ask:
            return None if self.ask == END else Question[self.ask.upper()]
        return self._next

    def answer_to(self, question):
        return self.asker if question == Question.WHO else getattr(self, question.key)

    def answer_words(self, question):
        answer = self.answer_to(question)
        return "" if answer is None else str(getattr(answer, "label", answer))

    def but(self, question, answer):
        """The same with another answer to `question`, or with none."""
        return replace(self, **{question.key: answer, "ask": ""})

    def asking(self, question):
        """The same with another question open; None asks none any more."""
        return replace(self, ask=question.key if question else END)

    @property
    def parameters(self):
        """The query of the address. One need has one address, so that what follows from another answer is left out."""
        who = None if self.town and self.who == Who.MUNICIPALITY else self.who
        said = {
            "who": who and who.value,
            "town": self.town and self.town.code,
            "theme": self.theme and self.theme.slug,
            "pillar": self.pillar and self.pillar.value,
            "use": self.use and self.use.value,
            "when": self.when and self.when.value,
            "on": self.on,
            "ask": "" if self.question == self._next else self.ask,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def address(self):
        found = reverse("support_find")
        return f"{found}?{urlencode(self.parameters)}" if self.parameters else found

    @property
    def _next(self):
        return self.answered[-1].following if self.answered else Question.WHO
