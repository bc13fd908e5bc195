from django.contrib import admin, messages
from django.utils.html import format_html_join

from sumairu.admin import StaffAdmin
from sumairu.admin.resources import table
from sumairu.outbox.models import Mailing, State

COUNTS = [f"n_{state}" for state in State]


@admin.action(permissions=["change"], description="まだ送っていないものを止める")
def stop_mailing(model_admin, request, queryset):
    count = sum(mailing.stop() for mailing in queryset)
    messages.success(request, f"{count:,}通の送信を止めました。送信中だったものは、止まらないことがあります。")


@admin.action(permissions=["change"], description="「不明」のものをもう一度送る（同じメールが2通届くことがあります）")
def send_unknown_again(model_admin, request, queryset):
    count = sum(mailing.send_unknown_again() for mailing in queryset)
    messages.success(request, f"{count:,}通を、もう一度送ります。")


def _count_of(state):
    @admin.display(description=state.label)
    def counted(model_admin, mailing):
        return f"{getattr(mailing, f'n_{state}'):,}"

    return counted


@admin.register(Mailing)
class MailingAdmin(StaffAdmin):
    """How many, in which state, and why; never to whom."""

    list_display = ["title", "made_at", *COUNTS]
    search_fields = ["title"]
    date_hierarchy = "made_at"
    actions = [stop_mailing, send_unknown_again]
    fields = readonly_fields = ["title", "made_at", *COUNTS, "why"]
    resource_classes = [table(Mailing, {"title": "何のメールか", "made_at": "作った日時"})]

    n_waiting, n_sending, n_sent, n_failed, n_unknown, n_stopped = map(_count_of, State)

    def get_queryset(self, request):
        return super().get_queryset(request).counted()

    @admin.display(description="送れなかった理由")
    def why(self, mailing):
        return format_html_join("", "<p>{}　{}通</p>", mailing.reasons) or "—"
