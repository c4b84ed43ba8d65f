"""Settings of the registry's site. All that an operator decides comes from the environment; see docs/registrar.md."""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path

from peer_xblocks.registry.database import database
from peer_xblocks.vault import new_key

HERE = Path(__file__).parent


def _flag(name: str) -> bool:
    return os.environ.get(name, "") == "1"


def _list(name: str, default: str = "") -> list[str]:
    return [each.strip() for each in os.environ.get(name, default).split(",") if each.strip()]


DEMO = _flag("PEER_REGISTRY_DEMO")
DEBUG = False
SECRET_KEY = os.environ.get("PEER_REGISTRY_SECRET", "")
# Tests (and commands that write no record) may run without secrets of their own; `serve` refuses to.
UNCONFIGURED = not SECRET_KEY
SECRET_KEY = SECRET_KEY or new_key()
ALLOWED_HOSTS = _list("PEER_REGISTRY_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _list("PEER_REGISTRY_HOSTS")]

PEER_REGISTRY = {
    "DEMO": DEMO,
    "CLOCK": os.environ.get("PEER_REGISTRY_CLOCK", "") if DEMO else "",
    "KEY": os.environ.get("PEER_REGISTRY_KEY", ""),
    "OLD_KEYS": _list("PEER_REGISTRY_OLD_KEYS"),
    "SENDERS": json.loads(os.environ.get("PEER_REGISTRY_SENDERS", "") or "{}"),
    "VAULT_KEYS": _list("PEER_REGISTRY_VAULT_KEYS") or ([new_key()] if UNCONFIGURED else []),
    "INDEX_KEY": os.environ.get("PEER_REGISTRY_INDEX_KEY", "") or SECRET_KEY,
    "MATCH_SALT": os.environ.get("PEER_REGISTRY_MATCH_SALT", ""),
    # The address of a proxy whose X-Forwarded-For and -Proto are believed, such as 127.0.0.1.
    "PROXY": os.environ.get("PEER_REGISTRY_PROXY", ""),
    "NUMBERS": os.environ.get("PEER_REGISTRY_NUMBERS", "AL"),
    # Whose tracks are certified: a programme that is shipped, or the path of a file.
    "PROGRAMME": os.environ.get("PEER_REGISTRY_PROGRAMME", "alabama"),
    "OFFICE": os.environ.get("PEER_REGISTRY_OFFICE", "Office of Peer Programs"),
    # Reports a minute and sender, in one process; well above what one course site sends.
    "RATE": int(os.environ.get("PEER_REGISTRY_RATE", "3000")),
}

ROOT_URLCONF = "peer_xblocks.registry.urls"
WSGI_APPLICATION = "peer_xblocks.registry.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_ADDRESS = os.environ.get("PEER_REGISTRY_DATABASE") or os.environ.get("PEER_TEST_DATABASE") or "sqlite:"
DATABASES = {"default": database(_ADDRESS)}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "peer_xblocks.ui.apps.UiConfig",
    "peer_xblocks.registry.apps.RegistryConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "peer_xblocks.registry.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "peer_xblocks.registry.headers.Refusals",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "peer_xblocks.registry.roles.seat",
            ]
        },
    }
]

USE_TZ = True
TIME_ZONE = os.environ.get("PEER_REGISTRY_ZONE", "America/Chicago")
USE_I18N = True
LANGUAGE_CODE = "en"

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("PEER_REGISTRY_STATIC") or None
# Served straight from the packages: a registry has few files and no step that collects them.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = [
    *(["django.contrib.auth.hashers.Argon2PasswordHasher"] if find_spec("argon2") else []),
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Names of its own: cookies know no ports, and a course site may run on the same host.
SESSION_COOKIE_NAME = "peer_registry_session"
CSRF_COOKIE_NAME = "peer_registry_csrf"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO and not UNCONFIGURED
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "peer_xblocks.registry.headers.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if DEMO or UNCONFIGURED else 31_536_000
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "peer_xblocks.registry.api.refused",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Certification registry",
    "DESCRIPTION": "Takes signed completion reports from course sites and answers each with a signed receipt.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "peer_registry": {"handlers": ["console"], "level": "INFO"},
        "waitress.queue": {"level": "ERROR"},
    },
}
