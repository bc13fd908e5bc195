"""What a deletion takes along, and what stands in its way: in sentences, for the page before it.

A model of which some rows must stay says so in `why_it_stays()`: the reason and what to do instead, empty where it may go.
"""

from collections import Counter

from django.contrib.admin.utils import NestedObjects, quote
from django.db import router
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html


def consequences(rows, request, admin_site):
    """What `ModelAdmin.get_deleted_objects` returns, but said in sentences.

    That is: what goes with `rows`, how many of each kind, why they may not go, and what uses them and must go first.
    """
    rows = list(rows)
    if not rows:
        return [], {}, [], []
    collector = NestedObjects(using=router.db_for_write(type(rows[0])), origin=rows)
    collector.collect(rows)
    going = [row for found in collector.model_objs.values() for row in found]
    links = [row for row in going if row._meta.auto_created]
    things = [row for row in going if not row._meta.auto_created]
    beneath = [f"{row._meta.verbose_name}「{row}」" for row in things if row not in rows]
    counts = Counter(row._meta.verbose_name for row in things)
    reasons = [reason for row in things if (reason := _why_not(row, request, admin_site))]
    leaning = [_leaning(row, admin_site) for row in sorted(collector.protected, key=str)]
    return sorted(beneath) + _left_without(links, rows), dict(counts), reasons, leaning


def _why_not(row, request, admin_site):
    is_registered = admin_site.is_registered(type(row))
    if not is_registered or admin_site.get_model_admin(type(row)).has_delete_permission(request, row):
        return ""
    reason = row.why_it_stays() if hasattr(row, "why_it_stays") else ""
    return reason or f"{row._meta.verbose_name}「{row}」を削除する権限が、あなたにはありません。"


def _left_without(links, rows):
    """Of many-to-many rows that go: which records, themselves not deleted, lose what."""
    sentences = []
    for link in links:
        for target in rows:
            for relation in type(target)._meta.many_to_many + tuple(type(target)._meta.related_objects):
                field = getattr(relation, "field", relation)
                if (
                    field.many_to_many
                    and field.remote_field.through is type(link)
                    and field.related_model is type(target)
                ):
                    holder = getattr(link, field.m2m_field_name())
                    name = f"{holder._meta.verbose_name}「{holder}」"
                    sentences.append(
                        f"{name}の「{field.verbose_name}」から外れます（{holder._meta.verbose_name}は残ります）"
                    )
    return sorted(set(sentences))


def _leaning(row, admin_site):
    name = f"{row._meta.verbose_name}「{row}」"
    if not admin_site.is_registered(type(row)):
        return name
    try:
        address = reverse(
            f"{admin_site.name}:{row._meta.app_label}_{row._meta.model_name}_change", args=[quote(row.pk)]
        )
    except NoReverseMatch:
        return name
    return format_html('<a href="{}">{}</a>', address, name)
