from django import forms

from sumairu.drafts.fields import KeptFileField, KeptFileInput
from sumairu.lib.workbooks import Refused
from sumairu.lib.workbooks.files.admission import EXTENSIONS, refuse_too_large


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label="何の数値ですか", widget=forms.RadioSelect, error_messages={"required": "何の数値かを選んでください。"}
    )
    file = KeptFileField(
        label="ブックを選ぶ",
        allow_empty_file=True,  # the reader says what an empty file is
        error_messages={"required": "取り込むExcelブックを選んでください。"},
        widget=KeptFileInput(attrs={"accept": ",".join(EXTENSIONS), "class": "drop", "aria-describedby": "file-help"}),
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.slug, kind.label) for kind in kinds]
        self.kinds = {kind.slug: kind for kind in kinds}

    def clean_kind(self):
        return self.kinds[self.cleaned_data["kind"]]

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            refuse_too_large(upload.size, upload.name)
        except Refused as error:
            raise forms.ValidationError(str(error)) from error
        return upload


class ConfirmForm(forms.Form):
    digest = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)


class SaveForm(ConfirmForm):
    """`leaving_rest`: what is not settled is left out."""

    leaving_rest = forms.BooleanField(required=False)


class GivingOutForm(forms.Form):
    """That somebody has looked: no program can tell a name of a person from another."""

    looked = forms.BooleanField(
        label="ブックを開いて、すべてのシートを見ました。公開してはいけないもの（個人の名前や連絡先、内部のメモなど）はありません",
        error_messages={"required": "ブックを開いて確かめ、ここに印を付けてください。"},
    )


class FigureIds(forms.TypedMultipleChoiceField):
    """Primary keys of figures; which of them count, `undo` knows."""

    def valid_value(self, value):
        return value.isdecimal()


class UndoForm(ConfirmForm):
    """`also`: figures that go back though something else changed them since; `also_all` for all of those."""

    also = FigureIds(required=False, coerce=int)
    also_all = forms.BooleanField(required=False)


class FigureForm(forms.ModelForm):
    """A figure to be typed in. `seen` is the state in which the page showed it."""

    seen = forms.CharField(label="画面を開いたときの値", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = self.instance.updated_at.isoformat()

    @property
    def changes_figure(self):
        return bool(set(self.changed_data) - {"seen"})

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("seen") not in ("", self.initial["seen"]):
            raise forms.ValidationError(
                f"この画面を開いたあとに、この数値は{self.instance.in_words}に変わりました。"
                "画面を開き直して、いまの値を確かめてから直してください。"
            )
        return cleaned
