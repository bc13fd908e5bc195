from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from sumairu.downloads import csv_file, kept_file, workbook
from sumairu.pages.compare.form import CompareForm
from sumairu.pages.compare.page import ComparePage
from sumairu.publishing.asked import asks


@asks(CompareForm)
def compare(request):
    form = CompareForm(request.GET)
    choice = form.choice
    if choice and not form.wrong and choice.keys and choice.parameters != request.GET.dict():
        return redirect(choice.address)
    context = {
        "parents": [("くらべる", reverse("compare"))] if choice else [],
        "canonical": reverse("compare"),
        "form": form,
        "page": ComparePage(form),
    }
    return render(request, "pages/compare.html", context)


@asks(CompareForm)
def compare_csv(request):
    comparison = _comparison(request)
    return csv_file(_name(comparison), comparison.titles, comparison.lines)


@asks(CompareForm)
def compare_xlsx(request):
    comparison = _comparison(request)
    return kept_file(workbook("くらべる", [comparison.titles, *comparison.lines]), f"{_name(comparison)}.xlsx")


def _comparison(request):
    comparison = ComparePage(CompareForm(request.GET)).comparison
    if comparison is None:
        raise Http404
    return comparison


def _name(comparison):
    return f"{comparison.noun}をくらべる"
