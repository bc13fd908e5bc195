"""The portal's one settings file: strict about its environment, and secure unless told otherwise.

`SUMAIRU_MODE` says what runs:

production  the default. Every variable in `REQUIRED` must be set, or nothing starts.
demo        `make demo`: SQLite under var/, a secret key made on the spot, this machine's own address only, no TLS.
test        set by pytest (tests/mode.py): SQLite in memory or DATABASE_URL, a cheap password hasher.
"""

import secrets
from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from sumairu import logs

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

# --- What the environment says -----------------------------------------------------------------------------------

REQUIRED = {
    "SECRET_KEY": "署名に使う秘密の文字列（50文字以上）。"
    "作り方: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
    "ALLOWED_HOSTS": "公開するホスト名。複数はコンマで区切る。例: sumairu.example.jp",
    "DATABASE_URL": "データベース。例: postgres://USER:PASSWORD@HOST:5432/sumairu",
}
OPTIONAL = {
    "CACHE_URL": "複数のホストで使うときの共有キャッシュ。例: redis://HOST:6379/0（なければプロセスごと）",
    "REPLICA_URL": "公開ページを読む、PostgreSQLのストリーミングレプリカ。例: postgres://USER:PASSWORD@HOST:5432/sumairu",
    "PUBLIC_ADDRESS": "紙に書き出すリンクの先頭。例: https://sumairu.example.jp（なければALLOWED_HOSTSの最初のもの）",
    "HSTS_PRELOAD": "このドメインをブラウザーのHSTSプリロードに登録するとき True（なければ登録しない）",
    "TRUSTED_PROXIES": "X-Forwarded-Forを信じる手前のプロキシのアドレス。例: 10.0.0.5,192.168.0.0/24",
    "EMAIL_URL": "メールを送るサーバー。例: smtp+tls://USER:PASSWORD@HOST:587（なければメールの機能は出ない）。EMAIL_FROM も要る",
    "EMAIL_FROM": "メールの差出人。例: 住まいる北海道 <portal@sumairu.example.jp>",
    "SECOND_FACTOR_REQUIRED": "本庁の職員と管理者に二段階認証を求めるか（なければ True）",
    "PROXY_SSL_HEADER": "TLSを終端するプロキシが必ず上書きするヘッダーの名前。例: X-Forwarded-Proto",
}


def required_variables():
    """What production cannot do without; one message names all that is missing, never one at a time."""
    missing = [name for name in REQUIRED if not env.str(name, "").strip()]
    if missing:
        lines = ["設定が足りないため起動しません。次の環境変数を設定してください（SUMAIRU_MODE=production）。"]
        lines += [f"  {name}  {REQUIRED[name]}" for name in missing]
        lines += ["必要に応じて設定できるもの:", *(f"  {name}  {note}" for name, note in OPTIONAL.items())]
        lines += ["手元で試すだけなら make demo を使ってください。"]
        raise ImproperlyConfigured("\n".join(lines))
    return env.str("SECRET_KEY"), env.list("ALLOWED_HOSTS", str.strip), env.db("DATABASE_URL")


def demo_secret_key():
    """The demo's own key, made once and readable by its owner alone; it outlives `make demo-reset`."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def for_many_processes(database):
    """`database` with what lets several processes share it, each keeping its connections."""
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["OPTIONS"] = {
            # Readers do not wait for a writer; a writer takes its lock first, and does not lose it half-way. Each thread
            # keeps half a megabyte of pages of its own (2 MB is usual): the system keeps the file for all. A statement made
            # ready takes some 20 KB in each thread: with the usual 128 of them a worker grows by 9 MB, to save a page a tenth
            # of its time.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-512",
            "cached_statements": 8,
            "transaction_mode": "IMMEDIATE",
            "timeout": 60,  # seconds for which others wait while 200,000 figures are saved
        }
    elif database["ENGINE"] == "django.db.backends.postgresql":
        database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    else:
        raise ImproperlyConfigured("DATABASE_URL には postgres:// か sqlite:// を指定してください。")
    return database | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def read_replica(url):
    """A replica as a database: given up soon where its host is gone, since the primary has all of it, too."""
    database = env.db_url_config(url)
    if database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured("REPLICA_URL には postgres:// を指定してください。")
    patience = {"connect_timeout": 2, "tcp_user_timeout": 2_000}  # seconds, milliseconds
    return for_many_processes(database | {"OPTIONS": patience | database.get("OPTIONS", {})})


def shared_cache(cache):
    """`cache` with what a Redis that is gone must not take with it."""
    if not cache["BACKEND"].endswith("RedisCache"):
        return cache
    options = {"socket_connect_timeout": 1, "socket_timeout": 1} | cache.get("OPTIONS", {})  # seconds
    return cache | {"BACKEND": "sumairu.shared_cache.SharedCache", "OPTIONS": options}


def outgoing_mail(address):
    """The settings of the server that mail leaves by; empty where none is named. Half of them is a mistake, not a choice."""
    url, sender = env.str("EMAIL_URL", "").strip(), env.str("EMAIL_FROM", "").strip()
    if not url and not sender:
        return {}
    if not url or not sender:
        raise ImproperlyConfigured(
            "メールを送るには EMAIL_URL と EMAIL_FROM の両方が要ります。どちらも使わないなら、両方を消してください。"
        )
    try:
        named = env.email_url_config(url)
        signs_in = bool(named["EMAIL_HOST_USER"]) == bool(named["EMAIL_HOST_PASSWORD"])
        is_right = url.startswith("smtp") and named["EMAIL_HOST"] and named["EMAIL_PORT"] and signs_in
    except (KeyError, ValueError, ImproperlyConfigured):
        is_right = False
    if not is_right:
        raise ImproperlyConfigured("EMAIL_URL が読めません。例: smtp+tls://USER:PASSWORD@HOST:587")
    if "@" not in parseaddr(sender)[1] or not sender.isprintable():
        raise ImproperlyConfigured(
            "EMAIL_FROM がメールアドレスではありません。例: 住まいる北海道 <portal@sumairu.example.jp>"
        )
    if urlsplit(address).scheme != "https" or not urlsplit(address).hostname:
        raise ImproperlyConfigured("メールの中のリンクのために、PUBLIC_ADDRESS を https:// から設定してください。")
    return named | {"EMAIL_BACKEND": "sumairu.outbox.smtp.EmailBackend", "DEFAULT_FROM_EMAIL": sender}


MODE = env.str("SUMAIRU_MODE", "production")
VAR_DIR = Path(env.str("SUMAIRU_VAR", str(BASE_DIR / "var")))  # what is made here, and may be thrown away

if MODE == "production":
    SECRET_KEY, ALLOWED_HOSTS, _database = required_variables()
elif MODE == "demo":
    SECRET_KEY = demo_secret_key()
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    _database = env.db_url_config(f"sqlite:///{VAR_DIR}/demo.sqlite3")
elif MODE == "test":
    SECRET_KEY = "a key for tests alone, long enough to pass the checks 0123456789"  # noqa: S105 (protects nothing)
    ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    _database = env.db("DATABASE_URL", "sqlite://:memory:")
else:
    raise ImproperlyConfigured("SUMAIRU_MODE には production、demo、test のどれかを指定してください。")

PRODUCTION = MODE == "production"
DEBUG = False

# What links on paper begin with: never what a request calls the host, since pages are kept for everyone.
_first_host = ALLOWED_HOSTS[0].lstrip(".*") if PRODUCTION and ALLOWED_HOSTS else ""
_here = f"https://{_first_host}" if _first_host else ""
LARGE_FILES_DIR = (
    env.str("LARGE_FILES_DIR", "") or None
)  # where the worker puts long workbooks together; as all else: None
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", _here if PRODUCTION else f"http://127.0.0.1:{env.str('PORT', '8000')}")

# --- Mail --------------------------------------------------------------------------------------------------------

# Sent by the worker alone (`sumairu.outbox`); a demo sends none, and shows it on a page of its own.
_mail = outgoing_mail(PUBLIC_ADDRESS) if PRODUCTION else {}
SENDS_MAIL, SHOWS_MAIL = bool(_mail) or not PRODUCTION, MODE == "demo"
EMAIL_BACKEND = _mail.get("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST", ""), _mail.get("EMAIL_PORT", 0)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_USER", ""), _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20  # seconds for each answer of the server
DEFAULT_FROM_EMAIL = _mail.get("DEFAULT_FROM_EMAIL", "住まいる北海道 <portal@example.jp>")

# --- Applications ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django_tasks",
    "django_tasks_db",
    "sumairu",
    "sumairu.accounts",
    "sumairu.acting_links",
    "sumairu.outbox",
    "sumairu.versions",
    "sumairu.drafts",
    "sumairu.imports",
    "sumairu.search",
    "sumairu.updates",
    "sumairu.pages",
    "sumairu.loading",
    "regions",
    "support",
    "support.uptake",
    "support.notices",
    "support.strategies",
    "support.reports",
    "support.journal",
    "support.cases",
    "support.digests",
    "import_export",
    "sumairu.apps.StaffSiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "sumairu.middleware.log_requests",
    "sumairu.health.answer_health_checks",
    "sumairu.middleware.limit_body",
    "django.middleware.security.SecurityMiddleware",
    "sumairu.furigana.show_furigana",
    "sumairu.publishing.methods.answer_other_methods",
    # As far out as is safe: a kept page holds what those below say to browsers, but not whether it came by TLS.
    "sumairu.publishing.cache.keep_public_pages",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sumairu.middleware.restrict_browser",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "sumairu.middleware.compress_with_brotli",
    "sumairu.middleware.refuse_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "sumairu.accounts.middleware.ask_for_second_factor",
    "sumairu.drafts.middleware.KeepWhatWasTyped",
]

ROOT_URLCONF = "sumairu.urls"
WSGI_APPLICATION = "sumairu.wsgi.application"

TEMPLATES = [
    {
        "NAME": "django",
        "BACKEND": "sumairu.template_backend.Templates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["sumairu.templatetags.sumairu"],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["sumairu.accounts.backends.AccessBackend"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# Whose X-Forwarded-For says who asks; networks are written as 10.0.0.0/8.
TRUSTED_PROXIES = [ip_network(each.strip(), strict=False) for each in env.list("TRUSTED_PROXIES", default=[])]
# Must headquarters and administrators have a second factor? In the demo one may try it.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", PRODUCTION)
CSRF_FAILURE_VIEW = "sumairu.drafts.views.csrf_failure"
# A working day: office machines are shared, and staff move every April.
SESSION_COOKIE_AGE = 12 * 60 * 60
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "sumairu.accounts.passwords.NotMadeOfCommonWords"},
]

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_I18N = True
USE_TZ = True

# --- Data --------------------------------------------------------------------------------------------------------

DATABASES = {"default": for_many_processes(_database)}
if _replica := env.str("REPLICA_URL", ""):
    DATABASES["replica"] = read_replica(_replica)
    DATABASE_ROUTERS = ["sumairu.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # What may be lost. In each process unless CACHE_URL names one for all.
    "default": shared_cache(env.cache_url("CACHE_URL", "locmemcache://")),
    # Whole public pages, in each process: asking a cache elsewhere costs more than making most of them.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
    # Files between preview and confirmation, which may happen in different processes on different hosts.
    "uploads": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "uploads_cache",
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}
if MODE == "test":  # tests that ask about pages kept say so
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

# What takes long is done by `deploy/steps.sh work`, beside the web server; what waits for it is rows in the database.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
if MODE == "test":  # at once, where it was asked for; tests of the queue say so
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Larger files wait in the system's temporary directory while they are read; what is kept goes into the database.
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024**2
# The forms refuse workbooks above 20 MB with a message of their own; this is where reading stops at all.
REQUEST_MAX_BYTES = 64 * 1024**2

IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
IMPORT_EXPORT_TMP_STORAGE_CLASS = "sumairu.uploads.SharedStorage"

# --- What programs are told (`sumairu.pages.api`) ----------------------------------------------------------------

# JSON for anybody: nobody is signed in, and nothing is sent.
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "sumairu.pages.api.endpoints.problem",
}

# --- What browsers are told --------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
# Once in the browsers' own lists, a domain and all under it cannot go back for months: theirs to choose who own it.
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)
if not SECURE_HSTS_PRELOAD:
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
FORCE_SCRIPT_NAME = ""  # the portal lies at the root of its host, whatever a server or a header in front says
SECURE_REFERRER_POLICY = "same-origin"
if _header := env.str("PROXY_SSL_HEADER", ""):
    SECURE_PROXY_SSL_HEADER = (f"HTTP_{_header.upper().replace('-', '_')}", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

# --- Files and logs ----------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    # Nothing is kept in files: workbooks and attachments are rows in the database.
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
if MODE == "test":  # straight from static/, without collecting first
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True

LOGGING = logs.to_stdout("INFO") if PRODUCTION else logs.to_stdout("WARNING", "plain")
