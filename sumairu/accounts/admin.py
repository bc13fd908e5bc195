"""People who sign in. Where they are posted is added by the app that knows of offices."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group

from sumairu.accounts import forgotten, second_factor
from sumairu.accounts.events import Kind, record
from sumairu.accounts.forms import SignInForm
from sumairu.accounts.models import SignInEvent, User
from sumairu.accounts.password_forms import NewPasswordForm, PasswordMarkField
from sumairu.acting_links.models import Link
from sumairu.admin import StaffAdmin
from sumairu.admin.resources import table

admin.site.unregister(Group)  # who may what follows from postings alone


class NewUserForm(BaseUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name"]


class UserForm(UserChangeForm):
    password = PasswordMarkField()

    class Meta:
        model = User
        fields = ["email", "name", "password", "is_active", "is_superuser"]


admin.site.login_form = SignInForm


@admin.action(permissions=["change"], description="二段階認証をリセットする")
def reset_second_factor(model_admin, request, queryset):
    """For somebody who lost both the app and the recovery codes: they set it up anew at their next sign-in."""
    names = [str(user) for user in queryset if second_factor.reset(user) and _reset_by(request, user)]
    if names:
        messages.success(request, f"二段階認証をリセットしました：{'、'.join(names)}")
    else:
        messages.warning(request, "選んだ人は、二段階認証を登録していません。")


def _reset_by(request, user):
    return record(Kind.FACTOR_RESET, request, user=user, by=request.user)


@admin.register(SignInEvent)
class SignInEventAdmin(StaffAdmin):
    list_display = ["happened_at", "kind", "whose", "address", "detail", "by"]
    list_filter = ["kind"]
    list_select_related = ["user", "by"]
    search_fields = ["user__name", "user__email", "account", "address"]
    date_hierarchy = "happened_at"
    fields = readonly_fields = ["happened_at", "kind", "user", "account", "address", "detail", "by"]
    resource_classes = [
        table(
            SignInEvent,
            {
                "happened_at": "日時",
                "kind": "できごと",
                "user__email": "だれの",
                "account": "メールアドレス",
                "address": "接続元",
                "detail": "内容",
                "by__email": "した人",
            },
        )
    ]

    @admin.display(description="だれの", ordering="account")
    def whose(self, event):
        """The person; where nobody has such an account, what was typed."""
        return event.user or event.account


@admin.register(User)
class UserAdmin(StaffAdmin, DjangoUserAdmin):
    form = UserForm
    add_form = NewUserForm
    change_password_form = NewPasswordForm
    list_display = ["name", "email", "is_active", "last_login"]
    list_display_links = ["name", "email"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["name", "email"]
    ordering = ["email"]
    filter_horizontal = []
    actions = [reset_second_factor]
    readonly_fields = ["last_login", "joined_at"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        ("サインイン", {"fields": ["is_active", "is_superuser", "last_login", "joined_at"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "name", "password1", "password2"]})]
    resource_classes = [
        table(
            User,
            {
                "email": "メールアドレス",
                "name": "氏名",
                "is_active": "サインインできる",
                "last_login": "最後のサインイン",
                "is_sample": "見本",
            },
        )
    ]

    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            user = self.get_object(request, id)
            forgotten.was_set(user, by=request.user)
            record(Kind.PASSWORD, request, user=user, by=request.user)
        return response

    def save_model(self, request, obj, form, change):
        if not change:  # with the password that whoever adds them tells them
            obj.must_change_password = True
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:  # a link that went to the other address opens nothing any more
            Link.objects.about(forgotten.about(obj)).revoke()
        if changed := [form.fields[name].label for name in form.changed_data if name in form.fields]:
            record(Kind.ACCOUNT, request, user=obj, by=request.user, detail="、".join(map(str, changed)))
