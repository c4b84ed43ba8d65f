"""What exam officers do to sittings, and what trainers may ask them for. Each act is a row with who, when and why.

An officer holds Django's permission `peer_exam.officer`, given to a person or a group. It is apart from every role in a
course: who trains does not decide (ISO/IEC 17024, 5.2).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from peer_xblocks.exam import grades, journal, models, scores, sitting, sittings
from peer_xblocks.exam.journal import Event
from peer_xblocks.exam.sitting import DONE, MINUTE, State
from peer_xblocks.learner import learners
from peer_xblocks.refusal import Clash, Refusal

PERMISSION = "peer_exam.officer"
ASK = "ask_void"
MOST_REASON = 500
MOST_OUTAGE = 24 * 60


class Repeated(Exception):
    """An act whose id was used before."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person does on purpose: who (our UUID), why, and an id that makes it happen once."""

    by: UUID
    reason: str
    client_id: str


def void(sitting_id: UUID, act: Act, *, now: int) -> bool:
    """Makes a sitting count for nothing; its records stay. The attempt is free again."""
    return _moved(sitting_id, "void", act, lambda value: sitting.void(value, now), now=now)


def pause(sitting_id: UUID, act: Act, *, now: int) -> bool:
    """Stops the time of a sitting."""
    return _moved(sitting_id, "pause", act, lambda value: sitting.pause(value, now), now=now)


def resume(sitting_id: UUID, act: Act, *, now: int) -> bool:
    """Lets the time go on."""
    return _moved(sitting_id, "resume", act, lambda value: sitting.resume(value, now), now=now)


def allow(sitting_id: UUID, act: Act, *, percent: int, minutes: int, now: int) -> bool:
    """Sets multiplier and minutes of an open sitting, and of the learner's later ones."""
    detail = {"percent": percent, "minutes": minutes}
    rule = partial(sitting.allow, percent=percent, minutes=minutes)
    return _moved(sitting_id, "allow", act, rule, now=now, detail=detail, after=partial(_remember, act, detail, now))


def grant(learner: UUID, course: str, exam: str, act: Act, *, percent: int, minutes: int, now: int) -> None:
    """Gives a learner more time before a sitting begins. What the time is for is nobody's to know."""
    sitting.allow(sitting.Sitting(1, 0), percent=percent, minutes=minutes)
    models.Allowance.objects.create(
        learner=learner, course=course, exam=exam, percent_time=percent, minutes=minutes, by=act.by, at=now
    )


def make_good(act: Act, *, minutes: int, now: int, course: str = "") -> int:
    """Gives the minutes of an outage back to every sitting whose time has begun; how many got them.

    The same `client_id` again gives nothing to those that have it and the same to those that were missed.
    """
    if not 0 < minutes <= MOST_OUTAGE:
        raise Refusal(f"Give 1 to {MOST_OUTAGE} minutes back.")
    rows = models.Sitting.objects.filter(open_slot=1, state__in=(State.STARTED, State.PAUSED))
    rows = rows.filter(course=course) if course else rows
    rule = partial(sitting.make_good, lost=minutes * MINUTE)
    return sum(_given_back(each, act, rule, minutes, now) for each in rows.values_list("id", flat=True))


def rescore(sitting_id: UUID, act: Act, *, given: Collection[str], now: int) -> bool:
    """Scores a closed sitting anew; `given` items count as right for everybody. The old score stays on record."""
    return _scored(sitting_id, "rescore", act, {"given": sorted(given)}, partial(scores.again, given=given), now=now)


def override(sitting_id: UUID, act: Act, *, raw: int, now: int) -> bool:
    """Puts another number of points in place; the old score stays on record."""
    return _scored(sitting_id, "override", act, {"raw": raw}, partial(scores.override, raw=raw), now=now)


def ask_void(sitting_id: UUID, act: Act, *, now: int) -> bool:
    """A trainer asks for a void. Nothing changes until an officer decides."""
    _demand_reason(act)
    row = models.Sitting.objects.filter(id=sitting_id).exclude(state=State.VOIDED).first()
    if row is None:
        raise Clash("This sitting is void already.")

    def write() -> None:
        with transaction.atomic():
            _note(row, ASK, act, {}, now)

    return _once(lambda: learners.retrying(write))


def asked() -> list[models.StaffAct]:
    """What trainers asked for and nobody has decided, oldest first."""
    rows = models.StaffAct.objects.filter(kind=ASK).exclude(sitting__state=State.VOIDED)
    return list(rows.select_related("sitting").order_by("at"))


def _moved(
    sitting_id: UUID, kind: str, act: Act, rule: sittings.Rule, *, now: int, detail: dict[str, Any] | None = None,
    after: Callable[[models.Sitting], None] | None = None,
) -> bool:  # fmt: skip
    """Applies a rule of the clock and notes the act, in one transaction; False where it was done before."""
    _demand_reason(act)

    def write() -> None:
        with transaction.atomic():
            row = sittings.locked(sitting_id)
            if _done(row, act):
                raise Repeated
            _note(row, kind, act, detail or {}, now)
            event = Event(kind, act.client_id, {**(detail or {}), "by": str(act.by), "reason": act.reason})
            sittings.swap(row, rule(sittings.value(row)), event, journal.head(row), now=now)
            if after:
                after(row)

    return _once(lambda: learners.retrying(write))


def _given_back(sitting_id: UUID, act: Act, rule: sittings.Rule, minutes: int, now: int) -> bool:
    try:
        return _moved(sitting_id, "outage", act, rule, now=now, detail={"minutes": minutes})
    except sitting.NotNow:  # closed in between
        return False


def _scored(
    sitting_id: UUID, kind: str, act: Act, detail: dict[str, Any], rule: Callable[..., None], *, now: int
) -> bool:
    _demand_reason(act)

    def write() -> None:
        with transaction.atomic():
            row = sittings.locked(sitting_id)
            if row.state not in DONE:
                raise Clash("Only an exam that was handed in, or whose time is over, has a score.")
            if _done(row, act):
                raise Repeated
            _note(row, kind, act, detail, now)
            event = Event(kind, act.client_id, {**detail, "by": str(act.by), "reason": act.reason})
            journal.write(row, [event], journal.head(row), now=now)
            rule(row, by=act.by, reason=act.reason, now=now)
            row.decided = now
            row.save(update_fields=["passed", "percent", "decided"])
            grades.settle(row, now=now)

    return _once(lambda: learners.retrying(write))


def _remember(act: Act, detail: dict[str, int], now: int, row: models.Sitting) -> None:
    grant(row.learner, row.course, row.exam, act, **detail, now=now)


def _note(row: models.Sitting, kind: str, act: Act, detail: dict[str, Any], now: int) -> None:
    models.StaffAct.objects.create(
        sitting=row, kind=kind, detail=detail, reason=act.reason, by=act.by, at=now, client_id=act.client_id
    )


def _done(row: models.Sitting, act: Act) -> bool:
    return models.StaffAct.objects.filter(sitting=row, client_id=act.client_id).exists()


def _once(write: Callable[[], None]) -> bool:
    """False where the act's id was used before: the second click of an officer does nothing."""
    try:
        write()
    except (Repeated, IntegrityError):
        return False
    return True


def _demand_reason(act: Act) -> None:
    if not act.reason or len(act.reason) > MOST_REASON:
        raise Refusal(f"Say why, in at most {MOST_REASON} characters. The reason stays with the record.")
