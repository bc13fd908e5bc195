"""One-line wrappers over `sumairu.lib`, for every template."""

from django import template

register = template.Library()
