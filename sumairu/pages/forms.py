"""What a reader may look up."""

from django import forms

from sumairu.lib.excerpts import typed, words


class LookUp(forms.Form):
    """A few words. What cannot be typed on purpose (control characters) is passed over, not complained of."""

    q = forms.CharField(
        required=False,
        max_length=100,
        error_messages={"max_length": "100字までで入れてください。いまは%(show_value)d字あります。"},
    )

    def __init__(self, data):
        super().__init__({"q": typed(data.get("q", ""))})

    @property
    def query(self):
        """What is looked for; empty where that is nothing, or too much."""
        return self.cleaned_data["q"] if self.is_valid() and words(self.cleaned_data["q"]) else ""
