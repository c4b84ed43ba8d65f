"""Triggers that refuse UPDATE and DELETE on what may only grow, in the words of each database."""

from __future__ import annotations

from typing import Any

FIRST = ("peer_registry_line", "peer_registry_join", "peer_registry_decision", "peer_registry_audit")
CREDENTIAL = ("peer_registry_credential",)
TABLES = FIRST + CREDENTIAL
SAYS = "This table only grows: write a new row instead."
FUNCTION = "peer_registry_refuse"
# SQLite's INSERT OR REPLACE takes a row away without a DELETE, so a row with the name of another is refused there too.
TAKEN = {
    "peer_registry_line": "id = NEW.id OR seq = NEW.seq OR hash = NEW.hash OR (sender = NEW.sender "
    "AND completion_key = NEW.completion_key AND version = NEW.version)",
    "peer_registry_credential": "id = NEW.id OR number = NEW.number OR entry_id = NEW.entry_id",
}


def install(connection: Any, tables: tuple[str, ...] = TABLES) -> None:
    """Makes the triggers of `tables` on the database behind `connection`."""
    _run(connection, [statement for table in tables for statement in _made(connection.vendor, table)], first=True)


def remove(connection: Any, tables: tuple[str, ...] = TABLES) -> None:
    """Takes the triggers away again: for the way back of a migration, and for tests that empty tables."""
    _run(connection, [statement for table in tables for statement in _dropped(connection.vendor, table)], first=False)


def _run(connection: Any, statements: list[str], *, first: bool) -> None:
    with connection.cursor() as cursor:
        if first and connection.vendor == "postgresql":
            cursor.execute(_postgresql_function())
        for statement in statements:
            cursor.execute(statement)


def _postgresql_function() -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )


def _made(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
        ]
    taken = f"SELECT 1 FROM {table} WHERE {TAKEN.get(table, 'id = NEW.id')}"  # noqa: S608 - names of ours alone
    insert = (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS ({taken}) BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    )
    does = (
        f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        if vendor == "sqlite"
        else f"FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{SAYS}'"
    )
    verbs = ("UPDATE", "DELETE")
    made = [f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {does}" for verb in verbs]
    return [*made, insert] if vendor == "sqlite" else made


def _dropped(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_kept ON {table}"]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete", "replace")]
