"""The one settings file. What differs between installations comes from the environment.

Three modes:

DEMO        `make run` without a SECRET_KEY: own secret, loopback only. For trying the site out.
DEBUG       the same with Django's error pages. For working on the code.
otherwise   production: refuses to start without SECRET_KEY and ALLOWED_HOSTS.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from site_config import env
from site_config.database import database
from site_config.demo import is_loopback, own_secret
from site_config.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent

# ---------------------------------------------------------------------------------------- mode

DEMO = env.boolean("DEMO", default=False)
DEBUG = env.boolean("DEBUG", default=False)
LOCAL = DEMO or DEBUG

# What the site writes: the SQLite file, the demo secret, the collected static files. For the
# owner only, because the database holds sessions and password hashes.
DATA_DIR = env.path("DATA_DIR", default=BASE_DIR / "var")
try:
    DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"DATA_DIR {DATA_DIR} cannot be made: {error.strerror}.") from None

# Where gunicorn listens. Here rather than in gunicorn.conf.py so that every command meets the
# refusals, not only the server.
HOST = env.text("HOST", default="127.0.0.1").strip("[]")
PORT = env.integer("PORT", default=8000, minimum=1, maximum=65535)
# Worker processes. Gunicorn reads the variable too, and stops with a traceback at a bad value.
WEB_CONCURRENCY = env.integer("WEB_CONCURRENCY", default=2, minimum=1, maximum=64)
if LOCAL and not is_loopback(HOST):
    raise ImproperlyConfigured(
        f"HOST is {HOST!r}, but with DEMO or DEBUG the site listens on 127.0.0.1, ::1 or localhost "
        "only; to serve others set SECRET_KEY and ALLOWED_HOSTS instead."
    )

SHORTEST_SECRET = 50
SECRET_KEY = env.secret("SECRET_KEY") or (own_secret(DATA_DIR) if LOCAL else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set; give a long random value, "
        "for example from: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    )

if not LOCAL and len(SECRET_KEY) < SHORTEST_SECRET:
    raise ImproperlyConfigured(
        f"SECRET_KEY is too short to be safe; give at least {SHORTEST_SECRET} random characters, "
        "for example from: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    )

ALLOWED_HOSTS = env.csv(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if LOCAL else []
)
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is not set; give the host names of the site, separated by commas."
    )
if "*" in ALLOWED_HOSTS:
    # With any host accepted, a forged Host header ends up in links and redirects.
    raise ImproperlyConfigured("ALLOWED_HOSTS is '*'; allowed are host names, such as example.org.")

# ---------------------------------------------------------------------------------------- apps

SITE_NAME = env.text("SITE_NAME", default="Stackfacts")

# How many months a check of a claim stays fresh, for the kinds that are named here; the others
# keep what companies.review_interval says. The most is a century, which no date leaves.
REVIEW_MONTHS = env.numbers(
    "REVIEW_MONTHS",
    names=(
        *("use_case", "codebase_share", "key_figure", "decision", "migration"),
        *("strength", "weakness", "quote", "open_source"),
    ),
    minimum=0,
    maximum=1200,
)

# Under which licence the data is offered: an identifier, and after it the address of its text.
DATA_LICENSE = env.matching(
    "DATA_LICENSE",
    pattern=r"[A-Za-z0-9._-]+( https?://[^\s<>]+)?",
    allowed="an identifier such as CC-BY-4.0, and after a space the address of its text",
)

INSTALLED_APPS = [
    "companies.apps.CompaniesConfig",
    "companies.apps.CatalogueAdminConfig",  # django.contrib.admin with a site of our own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",  # for its templates
    "django.contrib.staticfiles",
    "axes",
]

MIDDLEWARE = [
    # First: probes come with the address of the machine as Host, and without TLS.
    "site_config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Static files need no session, but they do need the redirect to HTTPS above.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A page is eight times smaller so, also where no proxy compresses. Django varies the length,
    # so that it gives no secret of the page away (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "site_config.csp.ContentSecurityPolicyMiddleware",
    "site_config.permissions_policy.PermissionsPolicyMiddleware",
    "companies.api.middleware.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # Before whatever may answer by itself with a page.
    "site_config.preferences.PreferencesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "companies.tray.TrayMiddleware",
    # Last: it turns a refused login into the page that says so.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "site_config.urls"
WSGI_APPLICATION = "site_config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "site_config.context.site",
            ],
        },
    }
]

# ------------------------------------------------------------------------------------ database

DATABASES = {"default": database(env.secret("DATABASE_URL"), DATA_DIR / "stackfacts.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --------------------------------------------------------------------------- language and time

LANGUAGE_CODE = "en"
# What the pages are translated into. The entries stay in the language that they were written in.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
CATALOG_LANGUAGE = "en"
LOCALE_PATHS = [BASE_DIR / "companies" / "locale"]
FORMAT_MODULE_PATH = "site_config.formats"
# Of what a visitor chose by a link; read by site_config.preferences.
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# -------------------------------------------------------------------------------- static files

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Hashed names may be cached for ever. While working on the code the files are served
        # from where they lie, so that a changed stylesheet needs no collectstatic.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "site_config.static_files.JoinedStaticFilesStorage"
    },
}

# ------------------------------------------------------------------------------------- safety

HTTPS_ONLY = env.boolean("HTTPS_ONLY", default=not LOCAL)
SECURE_SSL_REDIRECT = HTTPS_ONLY
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
LANGUAGE_COOKIE_SECURE = HTTPS_ONLY
# Long enough to protect returning visitors, short enough to live down a lost certificate.
SECURE_HSTS_SECONDS = int(timedelta(days=30).total_seconds()) if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
# W021 asks for HSTS preload. That is a promise for a whole domain which cannot be taken back in
# months; the owner of the domain has to make it, not this file.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# How many proxies in front of us add to X-Forwarded-For. Zero means that the header is not
# believed at all, because then anybody can write it.
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", default=0, minimum=0, maximum=10)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None

# Who is asking, for whatever counts by client.
CLIENT_ADDRESS = "site_config.proxy.client_address"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # no script of ours reads it
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = env.csv("CSRF_TRUSTED_ORIGINS")

# As much as somebody may paste by mistake and still get the page back with a message by the field.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16_000_000

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# Read by site_config.csp; name and shape are those of Django 6.
SECURE_CSP = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}

# -------------------------------------------------------------------------------------- login

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first, so that a locked login never reaches the next
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

AXES_FAILURE_LIMIT = env.integer("LOGIN_ATTEMPTS", default=5, minimum=1, maximum=1000)
AXES_COOLOFF_TIME = timedelta(
    minutes=env.integer("LOGIN_COOLOFF_MINUTES", default=15, minimum=1, maximum=10_000)
)
# The pair, so that a stranger who knows a name cannot lock its owner out from elsewhere. The
# count is kept in the database, which all workers share; locmem would count per worker.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = CLIENT_ADDRESS
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "site_config.lockout.locked_out"
AXES_VERBOSE = False  # no greeting in the log of every command
# Successful logins and their addresses are not needed for the lock, so they are not kept.
AXES_DISABLE_ACCESS_LOG = True

# ----------------------------------------------------------------------------------------- API

# Requests a minute that one client may make of the API; 0 is no limit.
API_RATE = env.integer("API_RATE", default=300, minimum=0, maximum=100_000)

# ------------------------------------------------------------------------------------- review

# Whether whoever wrote an entry may not publish it; read by companies.roles.
TWO_PERSON_RULE = env.boolean("TWO_PERSON_RULE", default=False)
# ------------------------------------------------------------------------------------- search

# The class that looks things up, as a dotted path; without it, the database's own full text. For
# whoever has outgrown one machine: see companies.search.engine for what it has to do.
SEARCH_ENGINE = env.text("SEARCH_ENGINE", default="")

# ------------------------------------------------------------------------------ sources' links

# A document counts as not answering after this many failures, on different days, over this many
# days: servers have bad nights.
LINK_FAILURES = env.integer("LINK_FAILURES", default=3, minimum=1, maximum=100)
LINK_FAILURE_DAYS = env.integer("LINK_FAILURE_DAYS", default=3, minimum=0, maximum=365)

# ------------------------------------------------------------------------------------ logging

LOG_LEVEL = env.choice(
    "LOG_LEVEL", default="INFO", allowed=["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
)

LOGGING = logging_config(LOG_LEVEL)
