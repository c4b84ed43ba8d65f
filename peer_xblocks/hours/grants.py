"""The minutes that staff entered: written once under the learner's lock, taken back by a row of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet

from peer_xblocks.hours import grant as rules
from peer_xblocks.hours import ledger, modules
from peer_xblocks.hours.grant import Kind, Plan
from peer_xblocks.hours.ledger import Tally
from peer_xblocks.hours.models import Grant
from peer_xblocks.hours.modules import Module
from peer_xblocks.learner import learners, signals
from peer_xblocks.learner.news import tell
from peer_xblocks.refusal import NotThere, Refusal


@dataclass(frozen=True, slots=True)
class Entered:
    """What staff entered for one module, in seconds by kind."""

    alone: int = 0
    live: int = 0
    make_up: int = 0


FIELDS = {Kind.SELF: "alone", Kind.LIVE: "live", Kind.MAKE_UP: "make_up"}


def enter(user_id: int, course: str, module: str, given: rules.Grant, *, by: UUID, client_id: str, now: int) -> Grant:
    """Writes one grant; the same `client_id` of the same person writes nothing again. Raises `Refusal`."""
    asked = modules.of_id(course, module)
    if asked is None:
        raise NotThere("This course has no such module. Reload the page and choose again.")
    if given.reason == rules.OUTLINE and not asked.outline_only:
        raise Refusal("This module has pages, so that reason does not fit. Choose another one.")
    learners.of(user_id)

    def write() -> Grant:
        with learners.locked(user_id=user_id) as learner:
            return _written(learner, course, asked, given, by, client_id, now)

    try:
        return learners.retrying(write)
    except IntegrityError:
        return Grant.objects.get(by=by, client_id=client_id)


def enter_outlines(user_id: int, course: str, *, by: UUID, client_id: str, now: int) -> int:
    """Enters all that is still missing in the modules without pages, live and self-paced; answers how many entries.

    The same `client_id` again finds nothing missing, or its own entries.
    """
    learner = learners.of(user_id)
    written = 0
    for module in modules.of_course(course):
        observed = ledger.seconds_by_module(learner, course).get(module.id, Tally())
        there = plan(module, observed, by_module(learner, course).get(module.id, Entered()))
        for kind in (Kind.SELF, Kind.LIVE) if module.outline_only else ():
            if missing := there.missing(kind):
                given = rules.Grant(kind, missing, rules.OUTLINE)
                mark = f"{client_id}-{module.id}-{kind}"[:64]
                enter(user_id, course, module.id, given, by=by, client_id=mark, now=now)
                written += 1
    return written


def take_back(number: int, course: str, *, by: UUID, now: int) -> None:
    """Reverses one grant of a course; twice is as good as once."""
    kept = Grant.objects.filter(id=number, course=course, reverses__isnull=True).first()
    user_id = learners.user_of(kept.learner) if kept else None
    if kept is None or user_id is None:
        raise NotThere("There is no such entry in this course.")

    def write() -> None:
        with learners.locked(user_id=user_id):
            if not Grant.objects.filter(reverses=kept).exists():
                _reversal(kept, by, now).save()
                tell(signals.reversed_, learner=kept.learner, course=course, what=f"entered minutes of {kept.module}")

    learners.retrying(write)


def by_module(learner: UUID, course: str) -> dict[str, Entered]:
    """What stands of one learner's entered minutes, by module id."""
    return _gathered(standing(course).filter(learner=learner)).get(learner, {})


def cohort(course: str) -> dict[UUID, dict[str, Entered]]:
    """What stands of everybody's entered minutes in a course, in one query."""
    return _gathered(standing(course))


def standing(course: str) -> QuerySet[Grant]:
    """The grants of a course that nobody took back, oldest first."""
    return Grant.objects.filter(course=course, reverses__isnull=True, reversal__isnull=True).order_by("id")


def recent(since: datetime) -> set[tuple[UUID, str]]:
    """The learners and courses with a grant or a reversal since then."""
    rows = Grant.objects.filter(at__gte=int(since.timestamp())).order_by()
    return set(rows.values_list("learner", "course").distinct())


def plan(module: Module, observed: Tally, entered: Entered) -> Plan:
    """What a module asks for and what is there, observed and entered together."""
    alone = observed.self_paced + observed.offline + entered.alone
    return Plan(module.planned, module.live, alone, observed.live + entered.live + entered.make_up)


def _written(
    learner: UUID, course: str, module: Module, given: rules.Grant, by: UUID, client_id: str, now: int
) -> Grant:
    known = Grant.objects.filter(by=by, client_id=client_id).first()
    if known:
        return known
    observed = ledger.seconds_by_module(learner, course).get(module.id, Tally())
    entered = by_module(learner, course).get(module.id, Entered())
    given = given.within(plan(module, observed, entered))
    kept = Grant.objects.create(
        learner=learner, course=course, module=module.id, kind=given.kind, seconds=given.seconds,
        reason=given.reason, note=given.note, by=by, at=now, client_id=client_id,
    )  # fmt: skip
    tell(signals.module_credited, learner=learner, course=course, module=module.id)
    return kept


def _reversal(kept: Grant, by: UUID, now: int) -> Grant:
    return Grant(
        learner=kept.learner, course=kept.course, module=kept.module, kind=kept.kind, seconds=kept.seconds,
        reason=kept.reason, by=by, at=now, client_id=f"back-{kept.id}", reverses=kept,
    )  # fmt: skip


def _gathered(rows: Iterable[Grant]) -> dict[UUID, dict[str, Entered]]:
    found: dict[UUID, dict[str, Entered]] = {}
    for row in rows:
        modules_of = found.setdefault(row.learner, {})
        known = modules_of.get(row.module, Entered())
        field = FIELDS[Kind(row.kind)]
        modules_of[row.module] = replace(known, **{field: getattr(known, field) + row.seconds})
    return found
