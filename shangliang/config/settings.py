"""Everything an installation may decide, read from the environment.

Nothing here needs to be set for a first look: `./up` runs on the defaults.  docs/operate.md
lists what a real installation sets.
"""

import secrets
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF

env = environ.Env()

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(env("SHANGLIANG_VAR", default=str(ROOT / "var")))
VAR.mkdir(parents=True, exist_ok=True)


def kept_secret(path: Path) -> str:
    """The signing key of this installation, drawn once and readable by its owner alone."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="") or kept_secret(VAR / "secret_key")
# Former keys, so that sessions and the seals of the journal outlive a change of key.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# A folder on another machine where the worker keeps notes of how far the journal has come.
CHECKPOINTS = env("CHECKPOINTS", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)

INSTALLED_APPS = [
    "shangliang.ui",
    "shangliang.people",
    "shangliang.matters",
    "shangliang.proposals",
    "shangliang.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "huey.contrib.djhuey",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "shangliang.ui.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # A person may have a language of her own; what is said below is said in it.
    "shangliang.ui.speaking.LanguageMiddleware",
    # Before LoginRequired: a log-in that lapsed is ended before anybody asks who is there.
    "shangliang.people.middleware.AccountStateMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shangliang.matters.once.OnceMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "shangliang.config.urls"
WSGI_APPLICATION = "shangliang.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shangliang.desk.nav.nav",
            ],
            "builtins": ["shangliang.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "shangliang.ui.forms.Renderer"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR}/shangliang.sqlite3")}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    # FULL: with NORMAL, WAL may lose the last commits when the power goes.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    # Many short questions: compiling one, or sharing it among workers, takes longer than asking.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "options", "-c jit=off -c max_parallel_workers_per_gather=0"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "shangliang.people.login.NameOrPhoneBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "shangliang.people.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "shangliang.people.passwords.NotCommon"},
    {"NAME": "shangliang.people.passwords.NotOnlyDigits"},
    {
        "NAME": "shangliang.people.passwords.NotAboutYou",
        "OPTIONS": {"user_attributes": ("name", "pinyin", "phone", "email")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600
# A real installation speaks HTTPS, and there the three administrators need a second step.
REQUIRE_MFA_FOR_ADMINISTRATORS = env.bool("REQUIRE_MFA_FOR_ADMINISTRATORS", default=HTTPS)
# How many proxies stand before us; that many hops of X-Forwarded-For are believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# allauth: reset by mail and the second step.  Log-in, sign-up and addresses are our own.
ACCOUNT_ADAPTER = "shangliang.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "reset_password": "shangliang.people.forms.login.ForgottenForm",
    "reset_password_from_key": "shangliang.people.forms.login.ResetForm",
    "user_token": "shangliang.people.forms.login.LinkForm",
    "reauthenticate": "shangliang.people.forms.login.PasswordAgainForm",
}
# No limit by network address: at a plenary everybody shares one.  Wrong passwords and codes
# are counted by people/lockout.py, per account and device.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
    "reset_password": "3/h/key",
    "reset_password_from_key": None,
}
MFA_ADAPTER = "shangliang.people.adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "shangliang.people.forms.login.CodeForm",
    "reauthenticate": "shangliang.people.forms.login.CodeAgainForm",
    "activate_totp": "shangliang.people.forms.login.ActivateForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # phones run a little fast or slow

AXES_HANDLER = "shangliang.people.lockout.Handler"
AXES_USERNAME_CALLABLE = "shangliang.people.login.account_key"
AXES_USERNAME_FORM_FIELD = "username"
AXES_CLIENT_IP_CALLABLE = "shangliang.people.device.address_of_attempt"
AXES_LOCKOUT_CALLABLE = "shangliang.people.lockout.refuse"
# Device and account; the handler adds the counts that need more than these two columns.
AXES_LOCKOUT_PARAMETERS = [["username", "user_agent"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_DISABLE_ACCESS_LOG = True  # people.LogIn is the log
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "next", "code",
                             "present", "password1", "password2"]  # fmt: skip
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # by address is what we must not do: see the plenary

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "shangliang" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
FILES = VAR / "files"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 3600  # people/stay.py ends a log-in earlier, or later for a member
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # the draft keeper sends the token in a header
CSRF_FAILURE_VIEW = "shangliang.ui.views.csrf_failure"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
    }
}

# Codes of the second step work once; several servers need a cache they share.
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
FILE_UPLOAD_HANDLERS = [
    "shangliang.matters.uploads.handler.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CLAMD_SOCKET = env("CLAMD_SOCKET", default="")  # the Unix socket of a ClamAV daemon; none: off

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="shangliang@localhost")

# Channels a notice may leave by, each with its adapter; SMS and 政务微信 are added here.
NOTICE_CHANNELS = {"mail": "shangliang.matters.channels.mail"}
SITE_ADDRESS = env("SITE_ADDRESS", default="http://localhost:8000")

HUEY = {
    "huey_class": "huey.SqliteHuey",
    "name": "shangliang",
    "filename": str(VAR / "jobs.sqlite3"),
    "immediate": env.bool("JOBS_IMMEDIATE", default=False),
    "utc": False,
    "consumer": {"workers": 2, "worker_type": "thread"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
    # Its own handler, or huey adds another and every minute is written down twice.
    "loggers": {"huey": {"handlers": ["console"], "propagate": False}},
}
