"""Signing in, and the second factor."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import password_validation
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError

from sumairu.access import absences
from sumairu.accounts import throttle
from sumairu.accounts.events import Kind, record, record_stopped
from sumairu.drafts.models import Draft
from sumairu.fields import AddressField

WHY = {"invalid_login": "メールアドレスかパスワードのちがい", "absent": "今日の配属がない"}


class SignInForm(AdminAuthenticationForm):
    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": "メールアドレスかパスワードがちがいます。大文字と小文字も確かめて、もう一度入れてください。",
    }

    def clean(self):
        """As Django's, counted: nobody tries faster than `throttle` allows, and every try is recorded."""
        account, address = self.cleaned_data.get("username"), throttle.client_address(self.request)
        if wait := throttle.begin("sign-in", account, address):
            record_stopped(wait, self.request, account=account)
            raise ValidationError(wait.words, code="wait")
        try:
            cleaned = super().clean()
        except ValidationError as error:
            if error.code == "absent":  # the password was right
                throttle.succeeded("sign-in", account, address)
            record(Kind.FAILED, self.request, user=self.user_cache, account=account, detail=WHY.get(error.code, ""))
            raise
        throttle.succeeded("sign-in", account, address)
        record(Kind.SIGNED_IN, self.request, user=self.user_cache, account=account)
        return cleaned

    def confirm_login_allowed(self, user):
        """Asked once the password was right, so that it may say what is so. To what they typed everybody is let in."""
        if not user.is_staff and not Draft.objects.of(user).kept().exists():
            reasons = absences(user) or ["配属が登録されていないため、サインインできません。"]
            raise ValidationError(f"{reasons[0]}管理者にお問い合わせください。", code="absent")


class CodeForm(forms.Form):
    code = forms.CharField(
        label="認証コード",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
        error_messages={"required": "認証コードを入れてください。"},
    )


class RecoveryForm(forms.Form):
    recovery_code = forms.CharField(
        label="回復コード",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "回復コードを入れてください。"},
    )


class ForgottenForm(forms.Form):
    email = AddressField(autocomplete="username", autofocus=True)


class ResetForm(SetPasswordForm):
    """A new password, by whoever holds the link that was mailed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        told = password_validation.password_validators_help_texts()
        self.fields["new_password1"].help_text = " ".join(map(str, told))
