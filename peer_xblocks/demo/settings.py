"""Settings of the demo site. Everything that differs between two demos comes from the environment (`place.py`)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

from peer_xblocks.demo import rooms

DATA = Path(os.environ.get("PEER_DEMO_DATA", ".demo")).absolute()
SITE = f"http://127.0.0.1:{os.environ.get('PEER_DEMO_PORT', '8000')}"

SECRET_KEY = os.environ["PEER_DEMO_SECRET"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "peer_xblocks.demo.site.root"
WSGI_APPLICATION = "peer_xblocks.demo.wsgi.application"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "site.sqlite3",
        # As on the platform: every view in one transaction, but for block handlers and unit pages, which take none.
        "ATOMIC_REQUESTS": True,
        "OPTIONS": {
            "timeout": 40,
            # A transaction that begins by reading could not become a writing one while others write.
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    *rooms.configs(),
    "peer_xblocks.demo.apps.DemoConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "peer_xblocks.demo.lms.acting.ActingUser",
    "peer_xblocks.demo.site.refused.Refusals",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
CSRF_FAILURE_VIEW = "peer_xblocks.demo.site.refused.no_csrf"
X_FRAME_OPTIONS = "SAMEORIGIN"
LOGIN_URL = "/"

STATIC_URL = "/static/"
# The platform's pages bring jQuery along; Django's admin ships a copy.
STATICFILES_DIRS = [Path(django.__file__).parent / "contrib/admin/static"]
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

PEER_DEMO = {
    "CLOCK": os.environ.get("PEER_CLOCK_FILE", str(DATA / "clock.json")),
    "DATA": str(DATA),
    "REGISTRY": os.environ.get("PEER_DEMO_REGISTRY", ""),
    # The site answers in threads, where one dictionary for all would hand out other people's services.
    "SHARED_SERVICES": False,
}
PEER_XBLOCKS = {
    "PROGRAMME": "alabama",
    "PLATFORM": "peer_xblocks.demo.lms.platform.DemoPlatform",
    "SITE": SITE,
    "ISSUER": "demo",
    "VAULT_KEYS": os.environ.get("PEER_DEMO_VAULT_KEYS", "").split(),
    "SIGNING_KEY": os.environ.get("PEER_DEMO_SIGNING_KEY", ""),
    "MATCH_SALT": os.environ.get("PEER_DEMO_MATCH_SALT", ""),
    "REGISTRY_URL": os.environ.get("PEER_DEMO_REGISTRY", ""),
    "REGISTRY_KEYS": os.environ.get("PEER_DEMO_REGISTRY_KEYS", "").split(),
}
rooms.configure(sys.modules[__name__])
