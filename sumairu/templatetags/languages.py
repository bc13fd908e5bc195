"""Where a page stands in the other language: a page in English is named as the one in Japanese, after `english_`."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse

from sumairu.furigana import without_furigana

register = template.Library()

PREFIX = "english_"
NAMES = {"ja": "日本語", "en": "English"}


@dataclass(frozen=True)
class Other:
    """The page in the other language; the first one of that language where the page at `here` has no twin."""

    language: str
    url: str
    here: str
    is_twin: bool

    @property
    def name(self):
        return NAMES[self.language]

    @property
    def alternates(self):
        """Pairs of a language and an address, for search engines: they are to know of all twins, the page itself included."""
        urls = {language: self.url if language == self.language else self.here for language in NAMES}
        return [(language, f"{settings.PUBLIC_ADDRESS}{url}") for language, url in urls.items()] if self.is_twin else []


@register.simple_tag(takes_context=True)
def other_language(context):
    """None where no view has answered: an address that leads nowhere, an error."""
    request = context.get("request")
    match = request and request.resolver_match
    if match is None:
        return None
    name = match.url_name or ""
    is_english = name.startswith(PREFIX)
    language, twin = ("ja", name.removeprefix(PREFIX)) if is_english else ("en", f"{PREFIX}{name}")
    here = without_furigana(request.path)
    try:
        return Other(language, without_furigana(reverse(twin, kwargs=match.kwargs)), here, is_twin=True)
    except NoReverseMatch:
        return Other(language, without_furigana(reverse(f"{PREFIX}home")), here, is_twin=False)
