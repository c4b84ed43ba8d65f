"""What every test of the registry stands on: its keys, a course site, and tables that may be emptied afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client

from peer_xblocks import clock
from peer_xblocks.registry import accounts, triggers
from peer_xblocks.registry.roles import Role
from peer_xblocks.vault import new_key
from peer_xblocks.wire.keys import new_signing_key
from tests.registry.reports import SALT, Site
from tests.registry.running import Running

PASSWORD = "a long enough password"
PORTS = {"postgres": 5432, "mysql": 3306}


@pytest.fixture
def site() -> Site:
    """The course site that the registry knows."""
    return Site()


@pytest.fixture(autouse=True)
def registry(settings, site):
    """The registry's own settings; `registry["RATE"] = 2` changes one for a test."""
    made = {
        **settings.PEER_REGISTRY,
        "DEMO": False,
        "KEY": new_signing_key().text,
        "SENDERS": {site.issuer: [site.key.public.text]},
        "VAULT_KEYS": [new_key()],
        "INDEX_KEY": "an index key for tests",
        "MATCH_SALT": SALT,
    }
    settings.PEER_REGISTRY = made
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield made
    clock.use(None)


class Moment:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
        clock.use(lambda: self.now)

    def forward(self, seconds: float) -> None:
        """Moves on."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def moment() -> Moment:
    """Time that only the test moves."""
    return Moment()


@pytest.fixture
def lasting_db(transactional_db):
    """A database with real commits. Its triggers go before pytest empties the tables and come back for the next test."""
    triggers.remove(connection)
    triggers.install(connection)
    yield
    triggers.remove(connection)


@pytest.fixture
def database(lasting_db, tmp_path) -> str:
    """The address of an empty database with real commits: the test database of a server, else a file of SQLite."""
    if connection.vendor == "sqlite":
        return f"sqlite:{tmp_path / 'registry.sqlite3'}"
    told = connection.settings_dict
    kind = {"postgresql": "postgres", "mysql": "mysql"}[connection.vendor]
    return (
        f"{kind}://{quote(told['USER'])}:{quote(told['PASSWORD'])}@{told['HOST']}:{told['PORT'] or PORTS[kind]}/"
        f"{told['NAME']}"
    )


@pytest.fixture
def running(database, tmp_path, site):
    """A registry in a process of its own, with its database made and nothing started yet."""
    made = Running(database, tmp_path, site)
    migrated = made.run("migrate")
    assert migrated.returncode == 0, migrated.stderr
    yield made
    made.stop()


@pytest.fixture
def people(db):
    """Accounts of each role, by name."""
    for username, role, name in (
        ("gwen", Role.REGISTRAR, ""),
        ("ines", Role.AUDITOR, ""),
        ("ann", Role.PRACTITIONER, "Ann Example"),
        ("bob", Role.PRACTITIONER, "Bob Núñez"),
    ):
        accounts.make(username, role, PASSWORD, name=name)
    User.objects.create_user("nobody", password=PASSWORD)
    return {user.username: user for user in User.objects.all()}


@pytest.fixture
def browse(people):
    """A browser in which somebody is signed in; `browse("gwen")`."""

    def signed_in(username: str | None = None, *, csrf: bool = False) -> Client:
        made = Client(enforce_csrf_checks=csrf)
        if username:
            made.force_login(people[username])
        return made

    return signed_in
