"""The ledger: it only grows, and it shows where it was touched."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from peer_xblocks.registry import ledger, senders, triggers
from peer_xblocks.registry.models import Audit, Credential, Decision, Head, Join, Line, Payload
from peer_xblocks.wire.keys import new_signing_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(client, site):
    """A ledger of three lines."""
    for version in (1, 2, 3):
        assert site.post(client, site.report(version=version)).status_code == 201


def found():
    return ledger.first_break(senders.receipt_keys())


@pytest.fixture
def unguarded(lasting_db):
    """Somebody who can take the triggers away: the operator's own account."""
    triggers.remove(connection)


def change(table: str, column: str, value: object, seq: int) -> None:
    key = "line_id = (SELECT id FROM peer_registry_line WHERE seq = %s)" if table == "payload" else "seq = %s"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE peer_registry_{table} SET {column} = %s WHERE {key}", [value, seq])


@pytest.mark.parametrize("verb", ["UPDATE {0} SET id = id", "DELETE FROM {0}"])
@pytest.mark.parametrize("table", triggers.TABLES)
def test_the_database_itself_refuses_to_change_what_may_only_grow(three, table, verb):
    assert Line.objects.count() == 3
    fill(table)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


def fill(table: str) -> None:
    """A row, where the table has none yet: a trigger speaks of rows."""
    from django.contrib.auth.models import User

    from peer_xblocks.registry import practitioners
    from peer_xblocks.registry.models import Entry

    user = User.objects.create_user("gwen")
    person = practitioners.start("Ann Example")
    if table == "peer_registry_join":
        Join.objects.create(entry=Entry.objects.get(), practitioner=person, how="registrar", by=user)
    if table == "peer_registry_decision":
        Decision.objects.create(practitioner=person, before="open", after="certified", reason="x", by=user)
    if table == "peer_registry_credential":
        day = date(2026, 3, 1)
        Credential.objects.create(
            practitioner=person,
            entry=Entry.objects.get(),
            track="CRSS",
            number="x",
            certified_on=day,
            live=True,
            by=user,
        )
    assert Audit.objects.exists()


@pytest.mark.parametrize("taken", ["id", "seq", "hash"])
def test_a_line_cannot_be_replaced_by_another(client, site, taken):
    """SQLite and MySQL know a REPLACE that is neither an UPDATE nor, on SQLite, a DELETE."""
    if connection.vendor == "postgresql":
        return
    for version in (1, 2):
        assert site.post(client, site.report(version=version)).status_code == 201
    first, second = Line.objects.order_by("seq").values("id", "seq", "hash")
    row = Line.objects.filter(id=first["id"]).values().get() | {"id": 99, "seq": 99, "hash": "f" * 64, "version": 99}
    row |= {taken: second[taken]}
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        names, holes = ", ".join(row), ", ".join(["%s"] * len(row))
        cursor.execute(f"REPLACE INTO peer_registry_line ({names}) VALUES ({holes})", list(row.values()))
    assert Line.objects.count() == 2


def test_triggers_are_on_every_table_that_may_only_grow():
    with connection.cursor() as cursor:
        cursor.execute(
            {
                "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
                "postgresql": "SELECT event_object_table FROM information_schema.triggers",
                "mysql": "SELECT event_object_table FROM information_schema.triggers",
            }[connection.vendor]
        )
        assert {row[0] for row in cursor.fetchall()} >= set(triggers.TABLES)


def test_an_empty_ledger_is_whole():
    assert found() is None


def test_a_ledger_is_whole_as_it_grew(three):
    assert found() is None


def test_a_ledger_stays_whole_when_the_signing_key_is_replaced(three, client, site, registry):
    old = senders.signing_key().public.text
    registry["KEY"] = new_signing_key().text
    assert site.post(client, site.report(version=4)).status_code == 201
    assert found().seq == 1
    registry["OLD_KEYS"] = [old]
    assert found() is None


FALSIFIED = [
    ("line", "version", 9),
    ("line", "payload_sha256", "0" * 64),
    ("line", "prev_hash", "0" * 64),
    ("line", "hash", "0" * 64),
    ("line", "reply", "{}"),
    ("line", "completion_key", "A" * 52),
]


@pytest.mark.parametrize(("table", "column", "value"), FALSIFIED)
def test_a_changed_line_is_found(unguarded, three, table, column, value):
    change(table, column, value, 2)
    assert found().seq == 2


def test_a_changed_report_is_found(three):
    Payload.objects.filter(line__seq=2).update(body="{}")
    assert (found().seq, "report" in found().what) == (2, True)


def test_a_report_that_no_key_opens_is_found(three, registry):
    from peer_xblocks.vault import new_key

    registry["VAULT_KEYS"] = [new_key()]
    assert (found().seq, "vault key" in found().what) == (1, True)


def test_a_missing_line_is_found(unguarded, three):
    from peer_xblocks.registry.models import Entry

    Entry.objects.all().delete()
    Payload.objects.filter(line__seq=2).delete()
    Line.objects.filter(seq=2).delete()
    assert found().seq == 2


def test_a_line_missing_at_the_end_is_found(unguarded, three):
    from peer_xblocks.registry.models import Entry

    Entry.objects.all().delete()
    Payload.objects.filter(line__seq=3).delete()
    Line.objects.filter(seq=3).delete()
    assert found().seq == 3


def test_a_receipt_that_another_key_signed_is_found(three, registry):
    registry["KEY"] = new_signing_key().text
    assert found().seq == 1


def test_a_report_can_be_sealed_under_a_new_key_while_the_chain_stays(three, registry):
    from peer_xblocks.vault import new_key

    registry["VAULT_KEYS"].insert(0, new_key())
    for payload in Payload.objects.all():
        payload.save()
    registry["VAULT_KEYS"].pop()
    assert found() is None


def test_each_ledger_has_a_name_of_its_own(three):
    assert Head.objects.get().ledger_id.startswith("l-")
