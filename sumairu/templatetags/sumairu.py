"""One-line wrappers over `sumairu.lib`, for every template."""

from datetime import date, datetime
from html import unescape
from urllib.parse import parse_qsl

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.timezone import localdate

from sumairu.descriptions import kind_of
from sumairu.downloads.taking import FORMAT, PICK, TABLE, asked_as, query_without
from sumairu.fields import understood_day
from sumairu.furigana import without_furigana
from sumairu.lib import amounts, attachments, days, sample_marks, table_labels
from sumairu.lib import unbroken as unbroken_text
from sumairu.lib.calendars import FISCAL_YEARS
from sumairu.lib.shown.files import FORMATS
from sumairu.linked_data import block, breadcrumbs
from sumairu.paging import count_words
from sumairu.related import blocks

register = template.Library()

LONGEST_DESCRIPTION = 160  # characters; search engines show fewer

register.filter("yen_words", amounts.yen_words)
register.filter("grouped", amounts.grouped)
register.filter("day", days.day_name)
register.filter("full_day", days.full_day)
register.filter("count_words", count_words)


@register.filter
def era_name(year, calendar=FISCAL_YEARS):
    """「令和3年度」; of another calendar 「令和3年」."""
    return calendar.name(year)


@register.filter
def full_name(year, calendar=FISCAL_YEARS):
    """「令和3年度（2021）」; of another calendar 「令和3年（2021）」, 「令和3年10月1日（2021）」."""
    return calendar.full_name(year)


@register.filter
def of_day(words, day):
    """What is said of today, said of the day of the page."""
    return days.of_day(words, day, localdate())


@register.filter
def on_day(address, day):
    """The address of another page, on the day of this one."""
    return days.on_day(address, day, localdate())


@register.filter
def unbroken(text):
    """A sentence whose years, days and numbers stand each on one line."""
    kept = '<span class="keep">{}</span>'
    found = unbroken_text.pieces(str(text))
    return format_html_join("", "{}", [(format_html(kept, piece) if is_kept else piece,) for piece, is_kept in found])


@register.filter
def lines(text):
    """The lines of a text field that holds one thing a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def period(call):
    """When the window of a call is open, in words; a line ends between its two days, not within one."""
    first, until, last = days.period(call.window.opens_on, call.window.closes_on, call.on.year).partition("から")
    parts = [(part,) for part in (first + until, last) if part]
    return format_html_join("", '<span class="keep">{}</span>', parts)


@register.filter
def day_shown(field):
    """The day of a field that an admin form only shows, in words; nothing where it is no day."""
    value = getattr(field.form.instance, str(field.field["name"]), None)
    return understood_day(value) if isinstance(value, date) and not isinstance(value, datetime) else ""


@register.filter
def file_words(file):
    """Of a stored file its type and size, and the day on which it came here."""
    return f"{attachments.file_words(file.name, file.size)}、{days.full_day(localdate(file.stored_at))}登録"


@register.filter
def summary(row):
    """A sentence or two about a row, as its kind of thing is described."""
    return kind_of(row).summary(row)


@register.simple_tag(takes_context=True)
def report_address(context, about=""):
    """Where somebody says that this page, or on it what is said to come from `about`, is wrong."""
    request = getattr(context, "request", None)
    if request is None:
        return ""
    query = request.META.get("QUERY_STRING", "")
    page = f"{request.path_info}?{query}" if query else request.path_info
    return f"{reverse('report')}?{urlencode({'page': page} | ({'about': about} if about else {}))}"


@register.simple_tag
def sends_mail():
    """Does this portal send mail, so that pages may offer it?"""
    return settings.SENDS_MAIL


@register.inclusion_tag("_related.html", takes_context=True)
def related(context, *things):
    """What all apps have to say of what a page is about (`sumairu/related.py`); of what it does not have, nothing."""
    request = context.get("request")
    return {"blocks": [(block, block.drawn(request)) for block in blocks(things)]}


@register.inclusion_tag("_downloads.html", takes_context=True)
def downloads(context, slug, title, says="この表をダウンロード"):
    """The formats in which the table `slug` of this page can be taken away, exactly as it is shown (`downloads.taking`).

    `says` is what the line begins with, where several stand together.
    """
    request = getattr(context, "request", None)
    kept = query_without(request, FORMAT, TABLE, PICK, "page") if request else ""
    links = [(form.says, "?" + "&".join(filter(None, [kept, asked_as(form.slug, slug)]))) for form in FORMATS.values()]
    return {"title": title, "links": links, "says": says}


@register.simple_tag
def tick(slug, key, name):
    """The box by which a row of the list `slug` is chosen to be taken away."""
    return format_html(
        '<label class="tick"><input type="checkbox" name="{}" value="{}" form="ticked-{}"><span class="unseen">{}を選ぶ</span></label>',
        PICK,
        key,
        slug,
        name,
    )


@register.inclusion_tag("_ticked.html", takes_context=True)
def ticked(context, slug, title):
    """What takes the rows of a list away that are ticked, or all where none is; with what narrows the list."""
    kept = parse_qsl(query_without(context.request, FORMAT, TABLE, PICK, "page"))
    return {"slug": slug, "title": title, "kept": [*kept, (TABLE, slug)], "formats": FORMATS.values(), "name": FORMAT}


@register.simple_block_tag
def page_title(content):
    """The title of a page, for its window and for where it is linked."""
    return format_html('<title>{0}</title>\n<meta property="og:title" content="{0}">', _plain(content))


@register.simple_block_tag(takes_context=True)
def page_description(context, content):
    """What a page is, for search engines and for where it is linked: its description, and its one address.

    Of a page that is asked for narrowed or ordered the address is that of the whole. A page without a description
    (what is not found) has none of it.
    """
    description = _plain(content)
    if not description:
        return ""
    request = context["request"]
    page = request.GET.get("page", "")
    address = context.get("canonical") or request.path + (f"?page={page}" if page.isdecimal() and page != "1" else "")
    return format_html(
        '<meta name="description" content="{0}">\n'
        '<meta property="og:description" content="{0}">\n'
        '<meta property="og:site_name" content="住まいる北海道">\n'
        '<meta property="og:type" content="website">\n'
        '<meta property="og:locale" content="{3}">\n'
        '<meta property="og:url" content="{1}{2}">\n'
        '<link rel="canonical" href="{1}{2}">',
        Truncator(description).chars(LONGEST_DESCRIPTION),
        settings.PUBLIC_ADDRESS,
        without_furigana(address),
        "en_GB" if request.path.startswith(reverse("english_home")) else "ja_JP",
    )


@register.simple_block_tag
def page_trail(content):
    """Where a page is, kept for its head and its body: `{% page_trail as trail %}…{% endpage_trail %}`."""
    return content


@register.simple_tag(takes_context=True)
def linked_data(context, trail, things=()):
    """What programs are told of a page: where it is, and what it is about. Not as it stands on another day."""
    as_of = context.get("as_of")
    return "" if as_of and as_of.is_other else block([*things, *breadcrumbs(trail)])


def _plain(html):
    return " ".join(unescape(html).split())


@register.simple_block_tag
def labelled(content):
    """What stands between, every cell of its tables with the header of its column; the base pages wrap all in it.

    Marks of samples are said once a block.
    """
    return mark_safe(table_labels.labelled(sample_marks.once_a_block(content)))  # noqa: S308 (rendered already)


@register.simple_tag
def errors_of(adminform, inline_admin_formsets):
    """All that is wrong in an admin form, in the order of its fields: what it is about, why, and where it is."""
    found = _errors_of(adminform.form, "")
    for rows in inline_admin_formsets:
        name = rows.opts.verbose_name
        found += [
            {"about": rows.opts.verbose_name_plural, "why": why, "at": ""} for why in rows.formset.non_form_errors()
        ]
        for number, form in enumerate(rows.formset.forms, start=1):
            found += _errors_of(form, f"{name}{number}の")
    return found


def _errors_of(form, of):
    if not form.is_bound:
        return []
    found = [{"about": of.removesuffix("の"), "why": why, "at": ""} for why in form.non_field_errors()]
    for bound in form:
        # A field of many boxes has no single one to go to: its message is beside them.
        at = bound.id_for_label or f"{bound.auto_id}_error"
        found += [{"about": f"{of}{bound.label}", "why": why, "at": at} for why in bound.errors]
    return found
