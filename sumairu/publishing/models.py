"""下書き → 確認待ち → 公開 → 公開終了: one rule decides what is public on a date, shared by all that is published."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, DateField, F, ProtectedError, Q, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import Exact
from django.utils.timezone import localdate

from sumairu.lib.days import full_day


class Status(models.TextChoices):
    DRAFT = "draft", "下書き"
    REVIEW = "review", "確認待ち"
    PUBLISHED = "published", "公開"
    ENDED = "ended", "公開終了"


class PublishableQuerySet(models.QuerySet):
    def published(self, on=None):
        """Rows that are public on a day in Hokkaido (today by default); publish and unpublish days are included."""
        return self.filter(public_on(on))

    def awaiting(self, on=None):
        """Rows on their way to the public: drafts, those to be confirmed, and those whose day lies ahead."""
        booked = Q(status=Status.PUBLISHED, publish_on__gt=on or localdate())
        return self.filter(booked | Q(status__in=[Status.DRAFT, Status.REVIEW]))

    def ever_public(self, on=None):
        """Rows that the public may have seen by a day (today by default), whatever became of them since."""
        return self.filter(first_public_on__lte=on or localdate())

    def update(self, **fields):
        if {"status", "publish_on"} & fields.keys():
            fields.setdefault("first_public_on", _first_public_day(fields))
        return super().update(**fields)

    update.alters_data = True

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        for row in objs:
            row.note_first_public_day()
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self):
        if kept := list(self.ever_public().filter(is_sample=False)[:1]):
            raise ProtectedError(kept[0].why_it_stays(), set(kept))
        return super().delete()

    delete.alters_data = True
    delete.queryset_only = True


class Publishable(models.Model):
    """What is public in a state and within days. Its models mark their samples with `is_sample`.

    What the public has seen is ended, never deleted, and keeps its address: people have linked to it.
    """

    status = models.CharField("公開の状態", max_length=10, choices=Status, default=Status.DRAFT)
    publish_on = models.DateField("公開する日", null=True, blank=True, help_text="空欄なら、公開にした時から見えます。")
    unpublish_on = models.DateField(
        "公開の最終日", null=True, blank=True, help_text="この日まで見えます。空欄なら期限なし。"
    )

    first_public_on = models.DateField("最初に公開された日", null=True, blank=True, editable=False)

    address_fields: tuple[str, ...] = ()  # the fields that its address is made of

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["published", "ended"]) | Q(first_public_on__isnull=False),
                name="%(app_label)s_%(class)s_remembers_being_public",
                violation_error_message="公開したことが記録されていません。",
            ),
            models.CheckConstraint(
                condition=Q(publish_on=None) | Q(unpublish_on=None) | Q(unpublish_on__gte=F("publish_on")),
                name="%(app_label)s_%(class)s_public_days_in_order",
                violation_error_message="公開の最終日が、公開する日より前です。",
            ),
        ]

    def save(self, *, update_fields=None, **kwargs):
        with transaction.atomic():
            self.note_first_public_day()
            if update_fields is not None:
                update_fields = {*update_fields, "first_public_on"}
            super().save(update_fields=update_fields, **kwargs)

    def is_meant_for_public(self):
        """Is it public, or will it be on its day?"""
        return self.status == Status.PUBLISHED

    def is_published(self, on=None):
        on = on or localdate()
        return (
            self.status == Status.PUBLISHED
            and (self.publish_on is None or self.publish_on <= on)
            and (self.unpublish_on is None or on <= self.unpublish_on)
        )

    @property
    def public_days(self):
        """The stretches of days on which it is public: its first and last day, None where there is none."""
        return [(self.publish_on, self.unpublish_on)] if self.status == Status.PUBLISHED else []

    def was_public(self, on=None):
        return self.first_public_on is not None and self.first_public_on <= (on or localdate())

    def why_it_stays(self):
        """Why the row cannot be deleted, and what to do instead; empty where it can be."""
        if not self.was_public():
            return ""
        return (
            f"{self._meta.verbose_name}「{self}」は、{full_day(self.first_public_on)}に公開されているため、削除できません。"
            "見た人やリンクした人がいるかもしれません。公開ページから下げるには「公開終了」にします。"
        )

    def clean(self):
        super().clean()
        self.note_first_public_day()
        stored = self.stored()
        if stored is None or not stored.was_public():
            return
        changed = [name for name in self.address_fields if getattr(stored, name) != getattr(self, name)]
        fields = [self._meta.get_field(name) for name in changed]
        errors = {
            field.name: f"公開したことのある{self._meta.verbose_name}の「{field.verbose_name}」は変えられません。"
            "公開ページのURLが変わるためです。別のものとして新しく加えてください。"
            for field in fields
        }
        if self.is_sample and not stored.is_sample:
            errors["is_sample"] = "公開したことのある本物の記録は、見本にできません。"
        if errors:
            raise ValidationError(errors)

    def delete(self, **kwargs):
        if not self.is_sample and (reason := (self.stored() or self).why_it_stays()):
            raise ProtectedError(reason, {self})
        return super().delete(**kwargs)

    def stored(self):
        """The row as the database has it; None where it is new."""
        return self.pk and type(self)._base_manager.filter(pk=self.pk).first()

    def note_first_public_day(self, on=None):
        """Set the first day on which the public sees, or is going to see, this row. Once past, it stays."""
        on = on or localdate()
        kept = self.pk and self._stored_first_public_day()
        if kept and kept <= on:
            self.first_public_on = kept
        elif self.status == Status.PUBLISHED:
            publish_on = self._meta.get_field("publish_on").to_python(self.publish_on)
            self.first_public_on = max(publish_on or on, on)
        else:
            self.first_public_on = on if self.status == Status.ENDED else None

    def _stored_first_public_day(self):
        """Locked, so that a save that began before another published the row does not forget it."""
        with transaction.atomic():
            rows = type(self)._base_manager.select_for_update().filter(pk=self.pk)
            return rows.values_list("first_public_on", flat=True).first()


def public_on(on=None, prefix=""):
    """The rule as a condition; `prefix` is the lookup to the published row, as in `"editions__"`."""
    on = on or localdate()
    return (
        Q(**{f"{prefix}status": Status.PUBLISHED})
        & (Q(**{f"{prefix}publish_on": None}) | Q(**{f"{prefix}publish_on__lte": on}))
        & (Q(**{f"{prefix}unpublish_on": None}) | Q(**{f"{prefix}unpublish_on__gte": on}))
    )


def never_public():
    """The condition that the public has not seen a row by today."""
    return Q(first_public_on=None) | Q(first_public_on__gt=localdate())


def _first_public_day(fields):
    """`Publishable.note_first_public_day` in SQL, for an update that sets `fields`."""
    today = Value(localdate(), DateField())
    status, publish_on = (
        value if hasattr(value, "resolve_expression") else Value(value, Publishable._meta.get_field(name))
        for name, value in ((name, fields.get(name, F(name))) for name in ("status", "publish_on"))
    )
    return Case(
        When(first_public_on__lte=localdate(), then=F("first_public_on")),
        When(Exact(status, Value(Status.PUBLISHED)), then=Greatest(Coalesce(publish_on, today), today)),
        When(Exact(status, Value(Status.ENDED)), then=today),
        default=None,
        output_field=DateField(),
    )
