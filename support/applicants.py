"""Who asks for support, and what the rules and windows of an edition know of them.

Rules are about municipalities: what they say of others is only whom they name. So a group, a company or a person is never
told that it may use a programme because its town may.
"""

from django.db.models import TextChoices

from sumairu.lib.eligibility import State, Verdict, judge


class Who(TextChoices):
    """The labels are what a rule about the applicant calls them, the values what a window does."""

    MUNICIPALITY = "municipality", "市町村"
    GROUP = "group", "団体"
    COMPANY = "company", "企業"
    PERSON = "person", "個人"


def verdict_for(who, edition, facts, subprefecture=None):
    """Whether `who` may use `edition`, and why. `facts` are those of their town, empty where it is not known."""
    if who == Who.MUNICIPALITY:
        return edition.verdict(facts)
    rules = [rule.as_rule() for rule in edition.rules.all()]
    of_who = {"applicant": who.label}
    named = judge([rule for rule in rules if rule.fact == "applicant"], of_who)
    if named.state == State.USABLE:
        return judge(rules, facts | of_who)
    if _has_window(who, edition, subprefecture):
        return Verdict(State.DEPENDS, (f"{who.label}の受付期間はありますが、{who.label}の要件は登録されていません",))
    if named.state == State.EXCLUDED:
        return named
    return Verdict(State.DEPENDS, (f"{who.label}が使えるかは登録されていません",))


def excludes(who, edition, facts, subprefecture=None):
    """Is the verdict that `who` may not use it? The windows of the edition are asked only where a rule names others."""
    if who == Who.MUNICIPALITY:
        return edition.verdict(facts).state == State.EXCLUDED
    rules = [rule.as_rule() for rule in edition.rules.all()]
    of_who = {"applicant": who.label}
    named = judge([rule for rule in rules if rule.fact == "applicant"], of_who).state
    if named == State.USABLE:
        return judge(rules, facts | of_who).state == State.EXCLUDED
    return named == State.EXCLUDED and not _has_window(who, edition, subprefecture)


def _has_window(who, edition, subprefecture):
    windows = edition.windows_for(subprefecture) if subprefecture else edition.speaking_windows()
    return any(window.applicant == who for window in windows)
