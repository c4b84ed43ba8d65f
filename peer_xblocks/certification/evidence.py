"""What a report says beside minutes and checks: the exam that was passed, texts that were signed, what staff allowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from peer_xblocks.activity.attestation import signatures
from peer_xblocks.certification import observations
from peer_xblocks.certification.models import Observation
from peer_xblocks.certification.observations import WATCHED
from peer_xblocks.certification.report import Allowed, Evidence, Exam, Text
from peer_xblocks.certification.requirements import Asked, Kind
from peer_xblocks.compat import platform
from peer_xblocks.exam import results
from peer_xblocks.hours import grants
from peer_xblocks.hours.grant import REASONS
from peer_xblocks.hours.grant import Kind as Minutes
from peer_xblocks.hours.models import Grant
from peer_xblocks.learner import learners

WORDS = {Minutes.LIVE: "live", Minutes.SELF: "self-paced", Minutes.MAKE_UP: "made up"}


def of(learner: UUID, course: str, asked: Asked) -> Evidence:
    """The evidence of one learner for what a course asked for."""
    wanted = {task.usage: task for task in asked.tasks}
    signed = signatures.signed(learner, course) if wanted else {}
    texts = (
        Text(wanted[usage].title, each.sha256, each.version, each.at)
        for usage, each in signed.items()
        if usage in wanted
    )
    return Evidence(_exam(learner, course, asked), tuple(texts), allowed(learner, course))


def allowed(learner: UUID, course: str) -> tuple[Allowed, ...]:
    """What staff entered in place of what the site observes; minutes of one reason and one person are one line."""
    entered = list(grants.standing(course).filter(learner=learner))
    watched = observations.of(learner, course)
    names = _names({row.by for row in [*entered, *watched]})
    return (*_minutes(entered, names), *(_practice(row, names) for row in watched[:5]))


def _exam(learner: UUID, course: str, asked: Asked) -> Exam | None:
    usages = [task.usage for task in asked.tasks if task.kind is Kind.EXAM]
    found = results.passed(learner, course) if usages else {}
    for usage in usages:
        if usage in found and found[usage].passed:
            result = found[usage]
            return Exam(result.exam, result.attempt, result.sitting, result.at)
    return None


def _minutes(entered: Sequence[Grant], names: dict[UUID, str]) -> Iterable[Allowed]:
    def cause(row: Grant) -> tuple[str, str]:
        return row.reason, str(row.by)

    for (reason, _), rows in groupby(sorted(entered, key=cause), key=cause):
        same = list(rows)
        yield Allowed(f"{_sum(same)}. {REASONS.get(reason, reason)}.", names[same[0].by], max(row.at for row in same))


def _sum(rows: Sequence[Grant]) -> str:
    sums = {kind: sum(row.seconds for row in rows if row.kind == kind) // 60 for kind in WORDS}
    parts = [f"{minutes} min {WORDS[kind]}" for kind, minutes in sums.items() if minutes]
    modules = sorted({row.module for row in rows})
    where = f"in {modules[0]}" if len(modules) == 1 else f"in {len(modules)} modules"
    return f"Entered by staff: {', '.join(parts)} {where}"


def _practice(row: Observation, names: dict[UUID, str]) -> Allowed:
    return Allowed(f"Practice that a trainer watched: {WATCHED.get(row.what, row.what)}", names[row.by], row.at)


def staff_names(learner: UUID, course: str) -> dict[UUID, str]:
    """The account names of those who entered something for a learner."""
    rows = [*grants.standing(course).filter(learner=learner), *observations.of(learner, course)]
    return _names({row.by for row in rows})


def _names(who: set[UUID]) -> dict[UUID, str]:
    """The account name of each member of staff; our own number where the account is gone."""
    users = learners.users_of(who)
    accounts = platform().accounts(list(users.values()))
    return {each: accounts[users[each]].username if users.get(each) in accounts else str(each) for each in who}
