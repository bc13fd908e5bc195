"""The password of somebody else, as an administrator sees and sets it: nothing of how it is kept, and in Japanese."""

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.utils.html import format_html


class PasswordMark(forms.Widget):
    """That there is a password, in place of the algorithm and its parameters."""

    def render(self, name, value, attrs=None, renderer=None):
        said = "設定してあります。中身はだれにも見えません。" if value else "まだ設定していません。"
        return format_html('<p>{} <a href="../password/">新しいパスワードを設定する</a></p>', said)

    def id_for_label(self, id_):
        return ""


class PasswordMarkField(forms.Field):
    widget = PasswordMark

    def __init__(self, **kwargs):
        super().__init__(label="パスワード", required=False, disabled=True, **kwargs)


class NewPasswordForm(AdminPasswordChangeForm):
    """Nobody signs in without a password here, so it cannot be switched off."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
