from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html

from sumairu.drafts.tokens import DROPPED, KEPT


class KeptFileInput(forms.FileInput):
    """Shows a file that was chosen before, by name and size: it need not be chosen again, and can be taken off."""

    def render(self, name, value, attrs=None, renderer=None):
        keep = getattr(value, "keep", None)
        if keep is None or (attrs or {}).get("aria-invalid"):  # a file that was refused is to be replaced
            return super().render(name, value, attrs, renderer)
        attrs = {key: given for key, given in (attrs or {}).items() if key != "required"}
        return format_html(
            '{} <p class="kept-file">選んであるファイル：<b>{}</b>（{}）。選び直さなくても、このまま送れます。'
            '<input type="hidden" name="{}" value="{}">'
            ' <label><input type="checkbox" name="{}" value="1"> このファイルを外す</label></p>',
            super().render(name, value, attrs, renderer),
            value.name,
            filesizeformat(value.size),
            f"{name}{KEPT}",
            keep(),
            f"{name}{DROPPED}",
        )


class KeptFileField(forms.FileField):
    """A file that stays chosen while the rest of its form is mended."""

    widget = KeptFileInput

    def bound_data(self, data, initial):
        return data or initial
