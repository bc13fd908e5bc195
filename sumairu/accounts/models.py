"""Who signs in. What a person may do follows from where they are posted (`regions.StaffAssignment`), not from here."""

from unicodedata import normalize

from django.contrib.auth import load_backend
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now

from sumairu.access import kept_in_office, postings
from sumairu.append_only import AppendOnly, AppendOnlyQuerySet
from sumairu.fields import SampleField

# Not imported: it needs this module's model.
ACCESS = "sumairu.accounts.backends.AccessBackend"


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
        return self.get(email=normalize("NFKC", email).strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    groups = user_permissions = None

    email = models.EmailField(
        "メールアドレス", unique=True, error_messages={"unique": "このメールアドレスの利用者はすでにいます。"}
    )
    name = models.CharField("氏名", max_length=60)
    last_login = models.DateTimeField("最後のサインイン", null=True, blank=True)
    is_active = models.BooleanField(
        "サインインできる", default=True, help_text="退職・異動した人は、削除せずにここを外します。"
    )
    is_superuser = models.BooleanField(
        "緊急用の管理者",
        default=False,
        help_text="配属によらず、すべてを操作できます。最初の設定と、管理者がいなくなったときのためのものです。",
    )
    must_change_password = models.BooleanField(
        "次のサインインでパスワードを変える",
        default=False,
        editable=False,
        help_text="ほかの人が設定したパスワードは、本人だけが知るものではありません。",
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
        if self.pk and not self.is_active:
            for reason in kept_in_office(self):
                raise ValidationError({"is_active": reason})

    def clean_fields(self, exclude=None):
        self.email = (self.email or "").strip().lower()
        super().clean_fields(exclude=exclude)

    @property
    def is_staff(self):
        """May they enter the staff side today? Follows from the postings of today."""
        return bool(postings(self))

    def has_perm(self, perm, obj=None):
        """Asked of `access` for everyone: what nobody may do, an emergency administrator may not do either.

        Of our own backend alone: any other backend, there to sign people in, would have answers of its own.
        """
        return load_backend(ACCESS).has_perm(self, perm, obj)

    def has_perms(self, perm_list, obj=None):
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label):
        return load_backend(ACCESS).has_module_perms(self, app_label)

    def get_all_permissions(self, obj=None):
        return load_backend(ACCESS).get_all_permissions(self, obj)

    def get_user_permissions(self, obj=None):
        return set()

    get_group_permissions = get_user_permissions

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name


class SignInEvent(models.Model):
    """What happened at the door: appended, never changed. Whose it was stands in `account`, even once nobody has that number."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", "サインイン"
        FAILED = "failed", "サインインの失敗"
        LOCKED = "locked", "試しすぎによる停止"
        SIGNED_OUT = "signed_out", "サインアウト"
        PASSWORD = "password", "パスワードの変更"
        FORGOTTEN = "forgotten", "パスワード再設定の申し込み"
        FACTOR_SET = "factor_set", "二段階認証の登録"
        FACTOR_PASSED = "factor_passed", "二段階認証"
        FACTOR_FAILED = "factor_failed", "二段階認証の失敗"
        RECOVERY = "recovery", "回復コードの使用"
        FACTOR_RESET = "factor_reset", "二段階認証の解除"
        POSTING = "posting", "配属の変更"
        ACCOUNT = "account", "利用者の変更"

    kind = models.CharField("できごと", max_length=15, choices=Kind)
    user = models.ForeignKey(
        User,
        models.DO_NOTHING,
        null=True,
        blank=True,
        verbose_name="だれの",
        related_name="sign_in_events",
        db_constraint=False,
    )
    account = models.CharField("メールアドレス", max_length=254, blank=True)
    by = models.ForeignKey(
        User,
        models.DO_NOTHING,
        null=True,
        blank=True,
        verbose_name="した人",
        related_name="+",
        db_constraint=False,
    )
    address = models.GenericIPAddressField("接続元", null=True, blank=True)
    detail = models.CharField("内容", max_length=200, blank=True)
    happened_at = models.DateTimeField("日時", default=now, db_index=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "サインインの記録"
        ordering = ["-happened_at", "-pk"]
        base_manager_name = "objects"

    def __str__(self):
        return f"{self.get_kind_display()}（{self.account}）"

    def save(self, **kwargs):
        if self.pk:
            raise AppendOnly("SignInEvent")
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise AppendOnly("SignInEvent")


class Attempt(models.Model):
    """How often somebody tried of late: see `throttle`. The key tells nobody who."""

    kind = models.CharField("種類", max_length=10)
    key = models.CharField("鍵", max_length=64, unique=True)
    count = models.PositiveIntegerField("回数", default=0)
    last_at = models.DateTimeField("最後の日時")

    class Meta:
        verbose_name = verbose_name_plural = "試した回数"

    def __str__(self):
        return f"{self.kind} {self.count}"


class SecondFactor(models.Model):
    """The key that somebody's authenticator app holds."""

    user = models.OneToOneField(User, models.CASCADE, verbose_name="利用者", related_name="second_factor")
    key = models.BinaryField("鍵", max_length=20)
    last_step = models.BigIntegerField("最後に使われた番号", default=-1)
    set_at = models.DateTimeField("登録日時", default=now)

    class Meta:
        verbose_name = verbose_name_plural = "二段階認証"

    def __str__(self):
        return str(self.user)


class RecoveryCode(models.Model):
    """In place of the app, once. Only what a code hashes to is kept."""

    user = models.ForeignKey(User, models.CASCADE, verbose_name="利用者", related_name="recovery_codes")
    hashed = models.CharField("要約値", max_length=64, unique=True)
    used_at = models.DateTimeField("使われた日時", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "回復コード"

    def __str__(self):
        return f"{self.user} {self.hashed[:6]}"
