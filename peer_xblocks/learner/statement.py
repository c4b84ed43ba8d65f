"""Statements written by hand, for the few reads that pages and beats ask all day.

The ORM takes several times longer to write such a statement than a database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models

_uuid = models.UUIDField()


def read(statement: str, *given: object) -> Sequence[tuple[Any, ...]]:
    """The rows that answer a SELECT in standard SQL: names in double quotes, `%s` for what is given."""
    with connection.cursor() as cursor:
        cursor.execute(_spoken(statement), [_prepared(each) for each in given])
        return cursor.fetchall()  # type: ignore[no-any-return]


def as_uuid(found: Any) -> UUID | None:
    """A UUID column's value, however this database hands it out."""
    return _uuid.to_python(found)  # type: ignore[no-any-return]


def _prepared(given: object) -> object:
    return _uuid.get_db_prep_value(given, connection) if isinstance(given, UUID) else given


def _spoken(statement: str) -> str:
    return statement.replace('"', "`") if connection.vendor == "mysql" else statement
