"""Reading the hours ledger, and taking credit back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import F

from peer_xblocks import clock
from peer_xblocks.hours.models import Entry, Kind
from peer_xblocks.learner import learners, signals, statement
from peer_xblocks.learner.news import tell


@dataclass(frozen=True, slots=True)
class Tally:
    """What counts of one module, in seconds by kind."""

    self_paced: int = 0
    offline: int = 0
    live: int = 0

    @property
    def seconds(self) -> int:
        """All contact time."""
        return self.self_paced + self.offline + self.live


FIELDS = {Kind.SELF: "self_paced", Kind.OFFLINE: "offline"}

#: Seconds by learner, module and kind; what a reversal repeats is taken away.
SECONDS = """
SELECT learner, module, kind, SUM(CASE WHEN reverses_id IS NULL THEN "end" - "start" ELSE "start" - "end" END)
FROM peer_hours_entry WHERE course = %s {whose} AND "start" < "end" GROUP BY learner, module, kind
"""


def seconds_by_module(learner: UUID, course: str) -> dict[str, Tally]:
    """What a learner has, by module id; modules without credit are left out."""
    return _gathered(statement.read(SECONDS.format(whose="AND learner = %s"), course, learner)).get(learner, {})


def cohort(course: str) -> dict[UUID, dict[str, Tally]]:
    """What every learner of a course has, by module id, in one query."""
    return _gathered(statement.read(SECONDS.format(whose=""), course))


def total(learner: UUID | None, course: str, module: str) -> int:
    """The seconds of one module, as its newest entry says."""
    rows = Entry.objects.filter(learner=learner, course=course, module=module).order_by("-id")
    return (rows.values_list("total", flat=True).first() or 0) if learner else 0


def entries(learner: UUID, course: str) -> list[Entry]:
    """Every entry of a learner in a course, as written, with what was reversed."""
    return list(Entry.objects.filter(learner=learner, course=course).order_by("id"))


def newest_days(
    learner: UUID | None, course: str, *, before: date | None, most: int
) -> tuple[list[Entry], date | None]:
    """The entries of a learner's `most` newest days (before `before`), and the day to go on from, None at the end."""
    rows = Entry.objects.filter(learner=learner, course=course)
    found = rows.filter(day__lt=before) if before else rows
    days = list(found.order_by("-day").values_list("day", flat=True).distinct()[: most + 1]) if learner else []
    shown = rows.filter(day__in=days[:most]).order_by("id") if days else []
    return list(shown), days[most - 1] if len(days) > most else None


def reverse(learner: UUID, course: str, module: str, *, by: UUID | None, reason: str) -> int:
    """Takes back all that a module credited: one reversal an entry, nothing deleted. Answers the seconds taken back."""
    user_id = learners.user_of(learner)
    if user_id is None:
        return 0

    def change() -> int:
        with learners.locked(user_id=user_id):
            return _reverse(_standing(learner, course, module), by, reason)

    return learners.retrying(change)


def _standing(learner: UUID, course: str, module: str) -> list[Entry]:
    rows = Entry.objects.filter(learner=learner, course=course, module=module, start__lt=F("end"))
    return list(rows.filter(reverses__isnull=True, reversal__isnull=True).order_by("id"))


def _reverse(standing: list[Entry], by: UUID | None, reason: str) -> int:
    if not standing:
        return 0
    learner, course, module = standing[0].learner, standing[0].course, standing[0].module
    now, before = clock.epoch(), total(learner, course, module)
    left, rows = before, []
    for entry in standing:
        left -= entry.end - entry.start
        rows.append(_reversal(entry, now, left, by, reason))
    Entry.objects.bulk_create(rows, batch_size=500)
    tell(signals.reversed_, learner=learner, course=course, what=f"hours of module {module}")
    return before - left


def _reversal(entry: Entry, now: int, left: int, by: UUID | None, reason: str) -> Entry:
    return Entry(
        learner=entry.learner,
        course=entry.course,
        module=entry.module,
        unit=entry.unit,
        kind=entry.kind,
        at=now,
        seen=now,
        start=entry.start,
        end=entry.end,
        total=left,
        day=entry.day,
        reverses=entry,
        by=by,
        reason=reason[:200],
    )


def _gathered(summed: Iterable[tuple[Any, ...]]) -> dict[UUID, dict[str, Tally]]:
    found: dict[UUID, dict[str, Tally]] = {}
    for whose, module, kind, seconds in summed:
        modules = found.setdefault(cast(UUID, statement.as_uuid(whose)), {})
        known = modules.get(module, Tally())
        modules[module] = replace(known, **{FIELDS[Kind(kind)]: int(seconds)})
    return found
