"""「今年度も同じ」 on the staff side: from the list of programmes, from a programme, and from the start page."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate

from sumairu.access import rows
from sumairu.admin.holding import shows_held
from sumairu.lib.wareki import era_name, fiscal_year_on
from sumairu.publishing.confirming import confirm
from sumairu.publishing.rehearsal import Rehearsal
from support.models import Program
from support.same_year import NotConfirmed, confirm_same, confirmation_of, may_confirm


def address(programs):
    """The page that says what confirming `programs` copies, and asks."""
    return f"{reverse('admin:support_program_same')}?{urlencode({'id': [each.pk for each in programs]}, doseq=True)}"


@admin.action(permissions=["change"], description="今年度も同じ内容であることを確認する")
def confirm_same_year(model_admin, request, queryset):
    return HttpResponseRedirect(address(queryset))


class SameMixin:
    """For the admin of programmes."""

    actions = [confirm_same_year]

    def get_urls(self):
        return [
            path("same/", self.admin_site.admin_view(self.same_view), name="support_program_same"),
            *super().get_urls(),
        ]

    def get_actions(self, request):
        found = super().get_actions(request)
        if not may_confirm(request.user):
            found.pop("confirm_same_year", None)
        return found

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["same_url"] = address([obj]) if obj and may_confirm(request.user) and _can_be(obj) else ""
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @shows_held
    def same_view(self, request):
        """GET names what is copied for each programme asked for; POST says what the public will see, then confirms them."""
        if not may_confirm(request.user):
            raise PermissionDenied
        asked = [pk for pk in request.GET.getlist("id")[:200] if pk.isascii() and pk.isdigit() and len(pk) < 10]
        programs = rows(request.user, Program, "change").filter(pk__in=asked)
        if request.method == "POST":
            return self._confirm_all(request, programs)
        found, refused = [], []
        for program in programs:
            try:
                found.append(confirmation_of(program))
            except NotConfirmed as reason:
                refused.append(str(reason))
        context = self.admin_site.each_context(request) | {
            "title": "今年度も同じ内容であることを確認する",
            "opts": self.opts,
            "found": found,
            "refused": refused,
            "year": fiscal_year_on(localdate()),
        }
        return render(request, "admin/support/program/same.html", context)

    def _confirm_all(self, request, programs):
        """Each programme by itself: what hinders one does not hinder the others."""
        told = []
        with transaction.atomic():
            rehearsal = Rehearsal(programs)
            for program in programs:
                try:
                    told.append((messages.SUCCESS, self._confirmed(request, program)))
                except NotConfirmed as reason:
                    told.append((messages.ERROR, str(reason)))
            confirm(request, self, rehearsal.effects(), back=False)
        for level, said in told:
            messages.add_message(request, level, said)
        return redirect("admin:support_program_changelist")

    def _confirmed(self, request, program):
        edition = confirm_same(program, request.user)
        last = era_name(edition.same_as.fiscal_year)
        said = f"「{program}」は{era_name(edition.fiscal_year)}も{last}と同じ内容であることを確認し、公開しました。"
        self.log_change(request, edition, said)
        return f"{said}受付期間は写していません。分かったら加えてください。"


def _can_be(program):
    try:
        return confirmation_of(program)
    except NotConfirmed:
        return None
