"""Finding, making and locking learners."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from peer_xblocks.learner import statement
from peer_xblocks.learner.models import Learner

Result = TypeVar("Result")

TRIES = 5
BUSY = ("deadlock", "database is locked", "database table is locked", "lock wait timeout", "could not serialize")


def known(user_id: int | None) -> UUID | None:
    """The learner of an account, or None where there is none yet. Writes nothing, so a page may call it."""
    if user_id is None:
        return None
    found = statement.read("SELECT id FROM peer_learner_learner WHERE user_id = %s", user_id)
    return statement.as_uuid(found[0][0]) if found else None


def of(user_id: int) -> UUID:
    """The learner of an account, made on first use."""
    return known(user_id) or Learner.objects.get_or_create(user_id=user_id)[0].id


def user_of(learner: UUID) -> int | None:
    """The platform account of a learner; None once the account is retired."""
    return Learner.objects.filter(id=learner).values_list("user_id", flat=True).first()


def users_of(learners: Iterable[UUID]) -> dict[UUID, int]:
    """The accounts of many learners in one query; retired ones are left out."""
    rows = Learner.objects.filter(id__in=list(learners), user_id__isnull=False)
    return dict(rows.values_list("id", "user_id"))


def retired() -> QuerySet[Learner]:
    """The learners whose accounts are retired, as a query for other tables."""
    return Learner.objects.filter(user_id=None).values("id")  # type: ignore[return-value]


@contextmanager
def locked(*, user_id: int) -> Iterator[UUID]:
    """A transaction that holds the lock of one learner; yields the learner.

    The row must be there (`of` first): making and locking in one step deadlocks on MySQL. Databases without
    row locks (SQLite) take their write lock here by an update that changes nothing.
    """
    with transaction.atomic():
        rows = Learner.objects.filter(user_id=user_id)
        if connection.features.has_select_for_update:
            yield rows.select_for_update().values_list("id", flat=True).get()
        elif connection.features.can_return_columns_from_insert:
            yield _write_locked(user_id)
        else:
            rows.update(user_id=user_id)
            yield rows.values_list("id", flat=True).get()


def _write_locked(user_id: int) -> UUID:
    """The same by SQLite's `RETURNING`: lock and learner in one statement, since every beat asks for both."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE peer_learner_learner SET user_id = user_id WHERE user_id = %s RETURNING id", [user_id])
        found = cursor.fetchall()
    if not found:
        raise Learner.DoesNotExist
    return UUID(found[0][0])


def retrying(
    change: Callable[[], Result], *, tries: int = TRIES, pause: Callable[[float], None] = time.sleep
) -> Result:
    """The result of `change`, run again where the database gave up on it for another's sake.

    Only the owner of the outermost transaction may run it again; inside one it runs once.
    """
    if connection.in_atomic_block:
        return change()
    for attempt in range(1, tries):
        try:
            return change()
        except DatabaseError as error:
            if not _busy(error):
                raise
            pause(random.uniform(0, 0.05 * 2**attempt))  # noqa: S311 - spreads retries, guards nothing
    return change()


def _busy(error: DatabaseError) -> bool:
    words = str(error).lower()
    return any(sign in words for sign in BUSY)
