"""One-line wrappers over `sumairu.lib`, for every template."""

from datetime import date, datetime

from django import template
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate

from sumairu.fields import understood_day
from sumairu.lib import amounts, days, table_labels, wareki

register = template.Library()

register.filter("era_name", wareki.era_name)
register.filter("full_name", wareki.full_name)
register.filter("yen_words", amounts.yen_words)
register.filter("grouped", amounts.grouped)
register.filter("day", days.day_name)
register.filter("full_day", days.full_day)


@register.filter
def lines(text):
    """The lines of a text field that holds one thing a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def period(window):
    """When an application window is open, in words."""
    return days.period(window.opens_on, window.closes_on, localdate().year)


@register.filter
def day_shown(field):
    """The day of a field that an admin form only shows, in words; nothing where it is no day."""
    value = getattr(field.form.instance, str(field.field["name"]), None)
    return understood_day(value) if isinstance(value, date) and not isinstance(value, datetime) else ""


@register.simple_block_tag
def labelled(content):
    """What stands between, every cell of its tables with the header of its column; the base pages wrap all in it."""
    return mark_safe(table_labels.labelled(content))  # noqa: S308 (rendered already)
