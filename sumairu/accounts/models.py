"""Who signs in. What a person may do follows from where they are posted (`regions.StaffAssignment`), not from here."""

from django.contrib.auth import get_backends
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now

from sumairu.access import postings
from sumairu.fields import SampleField


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, **fields | {"is_superuser": True})

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    groups = user_permissions = None

    email = models.EmailField(
        "メールアドレス", unique=True, error_messages={"unique": "このメールアドレスの利用者はすでにいます。"}
    )
    name = models.CharField("氏名", max_length=60)
    is_active = models.BooleanField(
        "サインインできる", default=True, help_text="退職・異動した人は、削除せずにここを外します。"
    )
    is_superuser = models.BooleanField(
        "緊急用の管理者",
        default=False,
        help_text="配属によらず、すべてを操作できます。最初の設定と、管理者がいなくなったときのためのものです。",
    )
    joined_at = models.DateTimeField("登録日時", default=now, editable=False)
    is_sample = SampleField()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = verbose_name_plural = "利用者"
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="email_in_lower_case",
                violation_error_message="メールアドレスは小文字で保存します。",
            )
        ]

    def __str__(self):
        return f"{self.name}（{self.email}）"

    def clean(self):
        self.email = (self.email or "").strip().lower()

    def clean_fields(self, exclude=None):
        self.clean()
        super().clean_fields(exclude=exclude)

    @property
    def is_staff(self):
        """May they enter the staff side today? Follows from the postings of today."""
        return bool(postings(self))

    def has_perm(self, perm, obj=None):
        """Asked of `access` for everyone: what nobody may do, an emergency administrator may not do either."""
        return any(backend.has_perm(self, perm, obj) for backend in get_backends())

    def has_module_perms(self, app_label):
        return any(backend.has_module_perms(self, app_label) for backend in get_backends())

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name
