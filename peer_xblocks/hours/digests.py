"""Sealing the ledger day by day, and checking all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max

from peer_xblocks import chain
from peer_xblocks.hours import digest
from peer_xblocks.hours.audit import Fault, faults_of
from peer_xblocks.hours.days import day_of, start_of
from peer_xblocks.hours.digest import Line, Sealed
from peer_xblocks.hours.models import Digest, Entry
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme

#: What a digest covers of an entry, in this order: its number and when it was written come first.
COVERED = (
    *("id", "at", "course", "module", "unit", "lease", "seq", "kind", "seen", "start", "end", "total", "why", "day"),
    *("reverses_id", "by", "reason"),
)
AGAIN = 3600


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was checked, and what was found."""

    learners: int
    entries: int
    digests: int
    faults: tuple[Fault, ...]


def seal(now: datetime, *, again: int = AGAIN) -> int:
    """Seals the days that are over, for every learner with entries that no digest covers yet; answers how many digests.

    A sweep may call it as often as it likes: it looks at the ledger once in `again` seconds of a day.
    """
    zone = programme().time_zone
    midnight = start_of(day_of(int(now.timestamp()), zone), zone)
    if again and not cache.add(f"peer_hours.sealed.{midnight}", True, again):
        return 0
    ends = dict(Digest.objects.values_list("learner").annotate(last=Max("last")).order_by())
    newest = Entry.objects.filter(at__lt=midnight).values_list("learner").annotate(last=Max("id")).order_by()
    due = [learner for learner, last in newest if last > ends.get(learner, 0)]
    return sum(learners.retrying(lambda learner=learner: _seal(learner, now)) for learner in due)  # type: ignore[misc]


def _seal(learner: UUID, now: datetime) -> int:
    zone = programme().time_zone
    with transaction.atomic():
        known = Digest.objects.filter(learner=learner).order_by("-number").first()
        rows = Entry.objects.filter(learner=learner, id__gt=known.last if known else 0).order_by("id")
        previous, number = (known.link, known.number + 1) if known else (chain.START, 0)
        today = day_of(int(now.timestamp()), zone)
        made = list(digest.seal(str(learner), _lines(rows), previous, today=today, zone=zone))
        Digest.objects.bulk_create(_digest(learner, number + at, each) for at, each in enumerate(made))
        return len(made)


def check(course: str = "") -> Checked:
    """Recomputes every total, looks for seconds that count twice, and follows every chain of digests.

    A chain covers all of a learner's courses; with `course`, the learners of that course alone are checked.
    """
    rows = Entry.objects.order_by("learner", "id")
    if course:
        rows = rows.filter(learner__in=Entry.objects.filter(course=course).values("learner"))
    sealed = _sealed()
    people = counted = 0
    faults: list[Fault] = []
    for learner, group in groupby(rows.iterator(chunk_size=2000), key=attrgetter("learner")):
        entries = list(group)
        people, counted = people + 1, counted + len(entries)
        faults += faults_of(str(learner), entries)
        faults += _chain_faults(str(learner), sealed.get(learner, ()), _lines(entries))
    return Checked(people, counted, sum(len(each) for each in sealed.values()), tuple(faults))


def _chain_faults(learner: str, sealed: Sequence[Sealed], lines: Sequence[Line]) -> Iterator[Fault]:
    broken = digest.first_break(learner, sealed, lines)
    if broken is not None:
        where = f"learner {learner}, digest {broken} of {sealed[broken].day}"
        yield Fault(where, "entries and digest do not fit", "compare with a backup; entries were changed or lost")


def _sealed() -> dict[UUID, list[Sealed]]:
    found: dict[UUID, list[Sealed]] = {}
    for row in Digest.objects.order_by("learner", "number"):
        found.setdefault(row.learner, []).append(Sealed(row.day, row.first, row.last, row.previous, row.link))
    return found


def _digest(learner: UUID, number: int, made: Sealed) -> Digest:
    return Digest(
        learner=learner,
        number=number,
        day=made.day,
        first=made.first,
        last=made.last,
        previous=made.previous,
        link=made.link,
    )


def _lines(rows: Iterable[Any]) -> list[Line]:
    return [[_plain(getattr(row, name)) for name in COVERED] for row in rows]


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)
