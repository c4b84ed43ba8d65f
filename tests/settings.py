"""Settings of the test site: the rooms of the product on whichever database `PEER_TEST_DATABASE` names."""

import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import django

from peer_xblocks.demo import rooms
from peer_xblocks.vault import new_key

ENGINES = {"postgres": "postgresql", "mysql": "mysql", "sqlite": "sqlite3"}


def database(address: str) -> dict[str, object]:
    """Django's settings for an address such as `postgres://user:word@127.0.0.1/name`."""
    parts = urlsplit(address)
    made: dict[str, object] = {
        "ENGINE": f"django.db.backends.{ENGINES[parts.scheme]}",
        "NAME": parts.path.lstrip("/") if parts.scheme != "sqlite" else parts.path,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
    if parts.scheme == "sqlite":
        made["NAME"] = parts.path or ":memory:"
        made["OPTIONS"] = {"timeout": 40}
    if parts.scheme == "mysql":
        import pymysql

        pymysql.version_info = (2, 2, 1, "final", 0)
        pymysql.install_as_MySQLdb()
        made["OPTIONS"] = {"charset": "utf8mb4", "isolation_level": "read committed"}
        made["TEST"] = {"CHARSET": "utf8mb4", "COLLATION": "utf8mb4_bin"}
    return made


SECRET_KEY = "a key for tests only"
USE_TZ = True
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# As on the platform: every view in one transaction, but for block handlers and unit pages, which take none.
DATABASES = {"default": database(os.environ.get("PEER_TEST_DATABASE", "sqlite:")) | {"ATOMIC_REQUESTS": True}}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "peer_xblocks.learner.apps.LearnerConfig",
    "peer_xblocks.ui.apps.UiConfig",
    "peer_xblocks.hours.apps.HoursConfig",
    "peer_xblocks.activity.apps.ActivityConfig",
    "peer_xblocks.certification.apps.CertificationConfig",
    "peer_xblocks.demo.apps.DemoConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "peer_xblocks.demo.acting.ActingUser",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [Path(django.__file__).parent / "contrib/admin/static"]
PEER_XBLOCKS = {
    "PROGRAMME": "alabama",
    "VAULT_KEYS": [new_key()],
    "PLATFORM": "peer_xblocks.demo.platform.DemoPlatform",
}
PEER_DEMO = {"SHARED_SERVICES": True}
rooms.configure(sys.modules[__name__])
