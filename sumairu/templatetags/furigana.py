"""Words of an editor with the readings that stand beside them, on pages that are asked for with ふりがな."""

from django import template
from django.utils.html import format_html, format_html_join

from sumairu import furigana
from sumairu.lib.furigana import parsed, with_readings

register = template.Library()


@register.simple_tag(takes_context=True)
def ruby(context, row, name):
    """The field `name` of a row, with the row's own `readings` above its words where the page is asked for with them."""
    text = getattr(row, name)
    if not furigana.has_furigana(getattr(context, "request", None)):
        return text
    return format_html_join("", "{}", ((_ruby(*piece),) for piece in with_readings(text, parsed(row.readings))))


@register.simple_tag(takes_context=True)
def furigana_switch(context):
    """Where the page is with ふりがな, or without, and what to call that."""
    request = context["request"]
    name = "ふりがなを外す" if furigana.has_furigana(request) else "ふりがなを付ける"
    return {"url": furigana.other_address(request), "name": name}


def _ruby(word, reading):
    return format_html("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>", word, reading) if reading else word
