from django import forms

from sumairu.fields import never_cut
from support.reports.models import Report

LONGEST = {"wrong": 1_000, "right": 1_000, "right_source": 300, "contact": 200}
REQUIRED = "どこが、どう違っているかを書いてください。"


def _field(name, label, help_text, *, rows=0, required=False):
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    longest = LONGEST[name]
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=longest,
        widget=widget,
        error_messages={
            "required": REQUIRED,
            "max_length": f"{label}は{longest:,}字までで書いてください。いまは%(show_value)d字あります。",
        },
    )
    return never_cut(field)


class ReportForm(forms.Form):
    """Sent by anybody, without an account. `website` is for programs that fill in every field: people do not see it."""

    wrong = _field("wrong", "違っているところ", "例：電話番号が、先月から変わっています。", rows=4, required=True)
    right = _field("right", "正しい内容（分かれば）", "", rows=3)
    right_source = _field("right_source", "その出どころ（分かれば）", "例：町の広報11月号の3ページ、要綱の名前")
    contact = _field(
        "contact", "連絡先（なくてもかまいません）", "お尋ねしたいことがあるときに使います。メールアドレスか電話番号。"
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        for name in self.errors:
            self.fields[name].widget.attrs["aria-invalid"] = "true"

    @property
    def asked(self):
        return [self[name] for name in LONGEST]

    @property
    def is_by_a_program(self):
        return bool(self.cleaned_data["website"])

    def report(self, page, about, version):
        """What is to be kept: what was written, and what the page said while it was."""
        said = {name: self.cleaned_data[name] for name in LONGEST}
        return Report(
            page=page.address,
            page_title=page.title[:300],
            about=about,
            content_version=version,
            desk=page.desk,
            subprefecture=page.office,
            **said,
        )
