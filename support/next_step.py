"""The one next step with a programme, for everybody or for one town, and where its button leads.

Decided here alone, from the programme's use, its calls and what stands beside the edition: a page that shows a
programme shows this step and no other as its button.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import prefetch_related_objects
from django.urls import reverse

from sumairu.lib.attachments import file_words
from sumairu.lib.days import day_name
from sumairu.lib.eligibility import State as Eligibility
from support.models import EditionAttachment
from support.models.programs import Use
from support.standing import State

BESIDE = ("links", "attachments__file")  # what must be known of an edition to decide
# What one goes to the desk for where there is nothing to do but ask.
QUESTIONS = {
    State.UNCONFIRMED: "今年度のことを窓口に聞く",
    State.CLOSED: "次の受付を窓口に聞く",
    State.NEXT: "来年度の受付を窓口に聞く",
    State.ASK: "受付期間を窓口に聞く",
    State.CONSULT: "窓口に相談する",
    State.READ: "窓口に聞く",
    State.PREFECTURE: "窓口に聞く",
}
OF_THE_OFFICE = "振興局に聞く"  # where no desk is registered
INFORMS = {State.READ: "公式ページで読む", State.PREFECTURE: "公式ページを見る"}


@dataclass(frozen=True)
class NextStep:
    """`key` names the kind of step; `note` says what to expect behind the button."""

    key: str
    label: str
    url: str
    note: str = ""

    @property
    def is_elsewhere(self):
        return self.url.startswith("https://")


def next_step(standing):
    call, state = standing.call, standing.state
    if standing.verdict is not None and standing.is_applied_for:
        if standing.verdict.state == Eligibility.EXCLUDED:
            return _others(standing)
        if standing.verdict.state == Eligibility.DEPENDS and call is not None and call.is_open:
            return _desk(standing, "当てはまるか窓口に聞く")
    if call is not None and call.is_open:
        return _apply(standing, call.edition)
    if call is not None and call.is_live:
        return NextStep("wait", f"{day_name(call.window.first_day)}の受付開始を待つ", _page(standing, "#calls"))
    if state == State.CONSULT and standing.edition.apply_url:
        return _online(standing.edition)
    if state in INFORMS and (links := standing.edition.links.all()):
        return NextStep("read", INFORMS[state], links[0].url, _leads_to(links[0].url))
    return _desk(standing, QUESTIONS[state])


def with_next_steps(standings):
    """The same `standings`, of which the next step is now decided without a query for each."""
    editions = {id(edition): edition for each in standings for edition in (each.edition, each.judged)}
    prefetch_related_objects([*editions.values()], *BESIDE)
    return standings


def _apply(standing, edition):
    if edition.apply_url:
        return _online(edition)
    forms = [each for each in edition.attachments.all() if each.purpose == EditionAttachment.Purpose.FORM]
    if forms and standing.program.use == Use.APPLY:
        return _forms(standing, edition, forms)
    return _desk(standing, "窓口に相談する")


def _forms(standing, edition, forms):
    if len(forms) > 1:
        return NextStep("form", "様式をもらう", _page(standing, "#files", edition), f"{len(forms)}件の様式があります")
    [form] = forms
    return NextStep(
        "form", "様式をもらう", form.get_absolute_url(), f"{form.title}（{file_words(form.file.name, form.file.size)}）"
    )


def _online(edition):
    return NextStep("online", "電子申請へ", edition.apply_url, _leads_to(edition.apply_url))


def _desk(standing, label):
    if standing.desk is not None:
        return NextStep("desk", label, _page(standing, "#desk"))
    if standing.town is None and standing.program.desks.all():
        return NextStep("desk", label, _page(standing, "#desks"))
    office = standing.town and standing.town.subprefecture
    url = office.get_absolute_url() if office else reverse("subprefecture_list")
    return NextStep("office", OF_THE_OFFICE, url, "この制度の窓口は、まだ登録されていません")


def _others(standing):
    asked = f"?town={standing.town.code}" if standing.town else ""
    return NextStep("others", "ほかの支援をさがす", f"{reverse('support_find')}{asked}")


def _page(standing, place, edition=None):
    """A place on the programme's page, or on that of another year's `edition`."""
    is_other = edition is not None and edition != standing.edition
    address = (edition if is_other else standing.program).get_absolute_url()
    return f"{address}?town={standing.town.code}{place}" if standing.town else f"{address}{place}"


def _leads_to(url):
    return f"別のサイト（{urlsplit(url).hostname}）へ進みます"
