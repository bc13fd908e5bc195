"""What `make demo` finds when it opens: tables, content, samples, the seed's figures, and people to sign in as."""

import secrets
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from regions.models import StaffAssignment, Subprefecture
from sumairu.accounts.models import User
from sumairu.imports.doubted_units import AS_WRITTEN
from sumairu.imports.kinds import kinds
from sumairu.imports.models import ImportRun
from sumairu.imports.saving import answer, preview, save
from sumairu.lib.wareki import first_day, fiscal_year_on
from sumairu.loading.content import load_content
from sumairu.loading.facts import load_tables
from sumairu.loading.models import LoadedContent
from sumairu.loading.samples import load_samples
from sumairu.versions.models import Origin
from sumairu.versions.recording import recording

WORKBOOKS = settings.BASE_DIR / "fixtures" / "workbooks"
OF_PROGRAMS = "予算・派遣実績.xlsx"
OF_TOWNS = ("kofuzei_muni_2022.xlsx", "furusato_total_gain.xlsx")
# What the workbooks of towns leave open: which of two villages is meant (its neighbours are those of 後志), and what
# the amounts and numbers of a sheet are of that names neither.
ANSWERS = {
    "town:泊村": "014036",
    "indicator:yen:金額": "hometown-tax-donations",
    "indicator:count:件数": "hometown-tax-donations-number",
}
PASSWORD_FILE = "demo-accounts.txt"  # noqa: S105 (its name)
ACCOUNTS = [  # name, e-mail, slug of the office (none: headquarters), role
    ("釧路の編集者", "kushiro@example.jp", "kushiro", StaffAssignment.Role.EDITOR),
    ("根室の編集者", "nemuro@example.jp", "nemuro", StaffAssignment.Role.EDITOR),
    ("本庁の編集者", "honcho@example.jp", None, StaffAssignment.Role.EDITOR),
    ("管理者", "kanri@example.jp", None, StaffAssignment.Role.ADMINISTRATOR),
]


def prepare(tell):
    """Make everything that is not there yet, and change nothing that somebody edited.

    `tell` takes a line that says what is going on. Returns who may sign in, and their password.
    """
    tell("公的な表と資料の内容を確かめています")
    load_tables()
    load_content()
    if not LoadedContent.objects.filter(key="samples").exists():
        tell("見本を入れています")
        with transaction.atomic():
            load_samples()
            LoadedContent.objects.create(key="samples")
    for what, name in (("budget", OF_PROGRAMS), ("dispatch", OF_PROGRAMS), *(("indicator", name) for name in OF_TOWNS)):
        kind, content = kinds()[what], (WORKBOOKS / name).read_bytes()
        if not _is_imported(what, content):
            tell(f"{kind.label}をExcelブックから取り込んでいます（{name}）")
            import_figures(kind, content, name)
    return make_accounts()


def import_figures(kind, content, name):
    """Import a workbook, with the answers that it is known to need."""
    run, comparison = preview(kind, content, name)
    while comparison.questions:
        keys = [question.key for question, _ in comparison.questions]
        # A small town's donations do grow a thousandfold: the ministry's units are as it wrote them.
        answers = {key: AS_WRITTEN if key.about == "unit" else ANSWERS[key] for key in keys}
        comparison = answer(kind, run, answers, remembered=[])
    save(kind, run, comparison.digest)


def make_accounts():
    """One account for each role, all with the password that is kept beside the database, for its owner alone."""
    emails = [email for _, email, *_ in ACCOUNTS]
    path = settings.VAR_DIR / PASSWORD_FILE
    is_new = not path.exists()
    if is_new:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("\n".join([secrets.token_urlsafe(12), *emails, ""]))
    password = path.read_text().splitlines()[0]
    for name, email, slug, role in ACCOUNTS:
        user = User.objects.filter(email=email).first()
        if user is None:
            _make_account(name, email, slug, role, password)
        elif is_new and user.is_sample:  # nobody knows the old one any more
            user.set_password(password)
            user.save()
    return User.objects.filter(email__in=emails, is_active=True, is_sample=True), password


def _make_account(name, email, slug, role, password):
    with recording(origin=Origin.COMMAND, reference="demo") as changes:
        user = User.objects.create_user(email, password, name=name, is_sample=True)
        StaffAssignment.objects.create(
            user=user,
            subprefecture=Subprefecture.objects.get(slug=slug) if slug else None,
            role=role,
            starts_on=first_day(fiscal_year_on(localdate())),
        )
        changes.made(User, [user.pk])


def _is_imported(what, content):
    digest = sha256(content).hexdigest()
    return ImportRun.objects.filter(kind=what, file__sha256=digest, state=ImportRun.State.SAVED).exists()
