"""What waits for a person in this app: cases on their way to the public."""

from sumairu.access import rows
from sumairu.admin.todo import Place
from sumairu.publishing import awaiting
from support.cases.models import Case

PLACES = [Place("先行事例", "admin:support_cases_case_changelist", Case, order=2)]
GROUPS = []


def todo_for(user, on):
    cases = rows(user, Case, "change").select_related("subprefecture").order_by("-updated_at")
    for case in cases.awaiting(on):
        office = case.subprefecture.short_name if case.subprefecture else "本庁"
        yield awaiting.item(case, title=case.title, about=f"先行事例　{office}　{case.get_fiscal_year_display()}")
