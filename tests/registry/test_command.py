"""`peer-xblocks registry …` as an operator types it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from peer_xblocks.vault import Vault, new_key
from peer_xblocks.wire.keys import PublicKey, SigningKey


@pytest.fixture
def fresh(tmp_path, site):
    """A registry whose database does not exist yet."""
    from tests.registry.running import Running

    made = Running(f"sqlite:{tmp_path / 'registry.sqlite3'}", tmp_path, site)
    yield made
    made.stop()


def test_a_new_pair_of_keys_belongs_together(fresh):
    lines = dict(line.split() for line in fresh.run("key").stdout.splitlines())
    assert SigningKey.from_text(lines["secret"]).public == PublicKey.from_text(lines["public"])


def test_a_new_vault_key_seals(fresh):
    vault = Vault([fresh.run("key", "--vault").stdout.strip()])
    assert vault.open(vault.seal("x")) == "x"


@pytest.mark.parametrize("name", ["PEER_REGISTRY_SECRET", "PEER_REGISTRY_KEY", "PEER_REGISTRY_VAULT_KEYS"])
def test_it_does_not_start_without_its_secrets(fresh, name):
    fresh.environment[name] = ""
    ran = fresh.run("serve", "--migrate")
    assert ran.returncode == 2
    assert name in ran.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PEER_REGISTRY_KEY", "whsk_x"),
        ("PEER_REGISTRY_SENDERS", '{"a": ["whpk_x"]}'),
        ("PEER_REGISTRY_SENDERS", "[]"),
        ("PEER_REGISTRY_PROGRAMME", "nowhere"),
    ],
)
def test_keys_that_are_none_are_said_to_be_none(fresh, name, value):
    fresh.environment[name] = value
    ran = fresh.run("verify")
    assert ran.returncode == 2
    assert name in ran.stderr
    assert "Traceback" not in ran.stderr


def test_two_sites_cannot_share_a_key(fresh):
    key = fresh.site.key.public.text
    fresh.environment["PEER_REGISTRY_SENDERS"] = f'{{"a": ["{key}"], "b": ["{key}"]}}'
    assert "PEER_REGISTRY_SENDERS" in fresh.run("verify").stderr


def test_it_does_not_serve_on_a_database_that_is_behind(fresh):
    ran = fresh.run("serve")
    assert ran.returncode == 1
    assert "migrate" in ran.stderr


def test_made_up_people_are_for_demonstrations_only(fresh):
    fresh.run("migrate")
    assert fresh.run("seed").returncode == 2
    fresh.environment["PEER_REGISTRY_DEMO"] = "1"
    assert "gwen" in fresh.run("seed").stdout
    assert fresh.run("seed").stdout == ""


def test_an_account_is_made_once_and_with_a_real_password(fresh):
    fresh.run("migrate")
    make = ["account", "pat", "--role", "registrar", "--password"]
    assert fresh.run(*make, "short").returncode == 1
    assert fresh.run(*make, "a long enough password").returncode == 0
    assert "already" in fresh.run(*make, "a long enough password").stderr


def test_an_old_vault_key_can_go_once_everything_is_sealed_anew(fresh):
    fresh.run("migrate")
    fresh.start()
    assert fresh.post(fresh.site.report()).status_code == 201
    fresh.stop()
    newest = new_key()
    fresh.environment["PEER_REGISTRY_VAULT_KEYS"] = f"{newest},{fresh.environment['PEER_REGISTRY_VAULT_KEYS']}"
    assert fresh.run("renew").stdout.startswith("2 texts")
    fresh.environment["PEER_REGISTRY_VAULT_KEYS"] = newest
    assert fresh.run("verify").returncode == 0


def test_verifying_stops_at_the_first_line_that_breaks(fresh):
    fresh.run("migrate")
    fresh.start()
    for version in (1, 2, 3):
        assert fresh.post(fresh.site.report(version=version)).status_code == 201
    fresh.stop()
    assert fresh.run("verify").returncode == 0
    with closing(sqlite3.connect(fresh.folder / "registry.sqlite3")) as database:
        database.execute("DROP TRIGGER peer_registry_line_no_update")
        database.execute("UPDATE peer_registry_line SET payload_sha256 = ? WHERE seq = 2", ["0" * 64])
        database.commit()
    ran = fresh.run("verify")
    assert ran.returncode == 1
    assert ran.stderr.startswith("line 2:")
