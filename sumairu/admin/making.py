"""What can be made of a record in one step, by an app that the record's own knows nothing of: each says so in its `making.py`.

    MAKINGS = {Initiative: [Making("case", "先行事例の下書きを作る", Case, case_of)]}

The admin of such a record offers it in its list, for the rows that are ticked, and on the page of each row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html

from sumairu.access import may, rows
from sumairu.convention import modules_named
from sumairu.versions.models import Origin
from sumairu.versions.recording import recording


class NotMade(Exception):
    """Why nothing was made, in a sentence for the person who tried."""


@dataclass(frozen=True)
class Making:
    name: str  # in addresses
    label: str
    target: type[models.Model]
    make: Callable[[models.Model], models.Model]  # saves what it makes; raises `NotMade`

    def made_by(self, user, row, changes):
        """What is made of `row`, noted in `changes`. Nobody makes what they may not add."""
        made = self.make(row)
        if not may(user, self.target, "add", made):
            raise PermissionDenied
        changes.made(self.target, [made.pk])
        return made


def makings(model):
    return [making for module in modules_named("making") for making in module.MAKINGS.get(model, ())]


def makings_of(model, user):
    """What `user` may make of rows of `model`."""
    return [making for making in makings(model) if may(user, making.target, "add")]


class MakingMixin:
    """For every model admin of staff."""

    def get_urls(self):
        if not makings(self.model):
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_make"
        view = self.admin_site.admin_view(self.make_view)
        return [path("<int:pk>/make/<slug:making>/", view, name=name), *super().get_urls()]

    def get_actions(self, request):
        found = super().get_actions(request)
        if "_popup" in request.GET:
            return found
        for making in makings_of(self.model, request.user):
            function = admin.action(partial(_make_of_each, making=making), description=making.label)
            found[f"make_{making.name}"] = function, f"make_{making.name}", making.label
        return found

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_make"
        offered = makings_of(self.model, request.user) if obj else []
        context["makings"] = [(making.label, reverse(name, args=[obj.pk, making.name])) for making in offered]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def make_view(self, request, pk, making):
        """POST makes it and leads there; GET leads back to the row."""
        row = get_object_or_404(rows(request.user, self.model), pk=pk)
        asked = next((each for each in makings_of(self.model, request.user) if each.name == making), None)
        if asked is None:
            raise Http404
        back = redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)
        if request.method != "POST":
            return back
        try:
            with recording(by=request.user, origin=Origin.ACTION, reference=asked.label) as changes:
                made = asked.made_by(request.user, row, changes)
        except NotMade as reason:
            messages.error(request, str(reason))
            return back
        messages.success(request, f"「{row}」から下書きを作りました。足りないところを書き足してください。")
        return redirect(_address(made))


def _make_of_each(model_admin, request, queryset, *, making):
    """Each row by itself: what hinders one does not hinder the others."""
    for row in queryset:
        try:
            made = making.made_by(request.user, row, request.recording)
        except NotMade as reason:
            messages.error(request, str(reason))
        else:
            link = format_html('<a href="{}">{}</a>', _address(made), made)
            messages.success(request, format_html("下書きを作りました：{}", link))


def _address(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
