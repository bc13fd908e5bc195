"""People who sign in. Where they are posted is added by the app that knows of offices."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import BaseUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group

from sumairu.accounts.models import User
from sumairu.accounts.password_forms import NewPasswordForm, PasswordMarkField
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
