"""The journal of a sitting: what happened, in order, each entry chained to the one before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from peer_xblocks import chain
from peer_xblocks.exam.models import Journal, Sitting


@dataclass(frozen=True, slots=True)
class Event:
    """One thing to be written down. `word` is what became of an answer; `client_id` makes it happen once."""

    kind: str
    client_id: str
    said: Mapping[str, Any]
    word: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: the number and link of its last entry."""

    number: int = 0
    link: str = chain.START


#: The last entry, found by the index on (sitting, number) whatever a planner thinks of sorting.
LAST = "number = (SELECT MAX(number) FROM peer_exam_journal WHERE sitting_id = %s)"


def head(sitting: Sitting) -> Head:
    """Where the next entry goes; the caller holds the sitting's lock."""
    key = Sitting._meta.pk.get_db_prep_value(sitting.id, connection)
    asked = f"SELECT number, link FROM peer_exam_journal WHERE sitting_id = %s AND {LAST}"  # noqa: S608 - fixed text
    with connection.cursor() as cursor:
        cursor.execute(asked, [key, key])
        found = cursor.fetchone()
    return Head(*found) if found else Head()


def write(sitting: Sitting, events: Sequence[Event], at: Head, *, now: int) -> Head:
    """Adds the events after `at` in one statement; answers the new end."""
    rows = []
    for event in events:
        rows.append(_row(sitting, event, at, now))
        at = Head(rows[-1].number, rows[-1].link)
    Journal.objects.bulk_create(rows)
    return at


def known(sitting: Sitting, client_ids: Iterable[str]) -> set[str]:
    """Which of these ids the journal holds already."""
    rows = Journal.objects.filter(sitting=sitting, client_id__in=list(client_ids))
    return set(rows.values_list("client_id", flat=True))


def first_break(sitting: Sitting) -> int | None:
    """The number of the first entry that does not follow; None for a whole chain that still holds its seal."""
    rows = list(Journal.objects.filter(sitting=sitting).order_by("number"))
    found = chain.first_break((row.previous, row.link, _covered(row)) for row in rows)
    if found is not None:
        return rows[found].number
    if sitting.sealed and sitting.sealed not in {row.link for row in rows}:
        return len(rows) + 1
    return next((at for at, row in enumerate(rows, 1) if row.number != at), None)


def _row(sitting: Sitting, event: Event, at: Head, now: int) -> Journal:
    body = json.dumps(dict(event.said), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    row = Journal(
        sitting=sitting, number=at.number + 1, at=now, kind=event.kind, word=event.word, device=event.device,
        client_id=event.client_id, body=body, previous=at.link,
    )  # fmt: skip
    row.link = chain.link(at.link, _covered(row))
    return row


def _covered(row: Journal) -> bytes:
    """All that an entry says, so that none of it can change unseen."""
    said = [str(row.sitting_id), row.number, row.at, row.kind, row.word, row.device, row.client_id, row.body]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
