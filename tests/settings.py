"""Settings of the test site: the rooms of the product on whichever database `PEER_TEST_DATABASE` names."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from peer_xblocks.demo import rooms
from peer_xblocks.registry.database import database
from peer_xblocks.vault import new_key

#: A file for each process, so that a server's threads have connections of their own, as they have on every other database.
FILES = TemporaryDirectory(prefix="peer-tests-")


def tested(address: str) -> dict[str, Any]:
    """Django's settings for the database at `address`; `sqlite:` alone is a file that goes with the process."""
    made = database(address) | {"ATOMIC_REQUESTS": True, "CONN_MAX_AGE": 0}
    if made["ENGINE"].endswith("sqlite3"):
        made["NAME"] = str(Path(FILES.name) / "site.sqlite3") if made["NAME"] == ":memory:" else made["NAME"]
        made["TEST"] = {"NAME": made["NAME"]}
        made["OPTIONS"] = {"timeout": 40}
        if django.VERSION >= (5, 1):
            made["OPTIONS"] |= {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
            }
    return made


SECRET_KEY = "a key for tests only"
USE_TZ = True
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# As on the platform: every view in one transaction, but for block handlers and unit pages, which take none.
DATABASES = {"default": tested(os.environ.get("PEER_TEST_DATABASE", "sqlite:"))}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "peer_xblocks.learner.apps.LearnerConfig",
    "peer_xblocks.ui.apps.UiConfig",
    "peer_xblocks.hours.apps.HoursConfig",
    "peer_xblocks.activity.apps.ActivityConfig",
    "peer_xblocks.exam.apps.ExamConfig",
    "peer_xblocks.story.apps.StoryConfig",
    "peer_xblocks.certification.apps.CertificationConfig",
    "peer_xblocks.demo.apps.DemoConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "peer_xblocks.demo.lms.acting.ActingUser",
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
    "PLATFORM": "peer_xblocks.demo.lms.platform.DemoPlatform",
}
PEER_DEMO = {"SHARED_SERVICES": True}
rooms.configure(sys.modules[__name__])
