from django.shortcuts import redirect, render
from django.urls import reverse

from sumairu.downloads.taking import TAKES, taken
from sumairu.pages.compare.form import CompareForm
from sumairu.pages.compare.page import ComparePage
from sumairu.publishing.asked import asks


@asks(CompareForm, *TAKES)
def compare(request):
    form = CompareForm(request.GET)
    choice, page = form.choice, ComparePage(form)
    asked = {name: value for name, value in request.GET.items() if name not in TAKES}
    if choice and not form.wrong and choice.keys and choice.parameters != asked:
        return redirect(choice.address)
    context = {
        "parents": [("くらべる", reverse("compare"))] if choice else [],
        "canonical": reverse("compare"),
        "form": form,
        "page": page,
    }
    return taken(request, lambda: page.shown) or render(request, "pages/compare.html", context)
