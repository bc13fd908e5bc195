"""Publishing from the lists: three actions, and the link to what the public sees."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction

from sumairu.access import rows
from sumairu.publishing.confirming import RehearsedMixin, confirm
from sumairu.publishing.models import Status
from sumairu.publishing.rehearsal import Rehearsal
from sumairu.texts import problems_beneath

PUBLISHING = ("公開", {"fields": ["status", "publish_on", "unpublish_on"]})


@admin.action(permissions=["change"], description="公開する")
def publish(model_admin, request, queryset):
    _move(model_admin, request, queryset, Status.PUBLISHED)


@admin.action(permissions=["change"], description="公開を終える")
def end(model_admin, request, queryset):
    _move(model_admin, request, queryset, Status.ENDED)


@admin.action(permissions=["change"], description="下書きに戻す")
def take_back(model_admin, request, queryset):
    _move(model_admin, request, queryset, Status.DRAFT)


class PublishingMixin(RehearsedMixin):
    """For model admins of what is published."""

    actions = [publish, end, take_back]

    def get_readonly_fields(self, request, obj=None):
        """What the public has seen keeps its address, and with it the fields that this is made of."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None or not obj.was_public():
            return fields
        return [*fields, *(self.opts.get_field(name).name for name in self.model.address_fields)]

    def view_on_site(self, obj):
        """The public page, where there is one today."""
        return obj.get_absolute_url() if obj.is_published() else None


@transaction.atomic
def _move(model_admin, request, queryset, status):
    """Set the status of those of `queryset` that the person keeps; say which could not be, and why."""
    kept = rows(request.user, model_admin.model, "change").filter(pk__in=queryset.values("pk"))
    rehearsal = Rehearsal(kept)
    moved, refused = 0, []
    for row in kept.exclude(status=status):
        if status == Status.ENDED and not row.was_public():
            refused.append(f"{row}：公開したことがないので、公開を終えられません。")
            continue
        row.status = status
        try:
            row.full_clean()
            if status == Status.PUBLISHED and (found := problems_beneath(row)):
                raise ValidationError(found)
        except ValidationError as error:
            refused.append(f"{row}：{' '.join(error.messages)}")
            continue
        row.save()
        model_admin.log_change(request, row, f"「{status.label}」にしました。")
        moved += 1
    confirm(request, model_admin, rehearsal.effects(), back=False)
    for reason in refused:
        messages.error(request, reason)
    if moved:
        messages.success(request, f"{moved}件を「{status.label}」にしました。")
    elif not kept:
        messages.error(request, "選んだものの中に、あなたが変えられるものはありません。")
