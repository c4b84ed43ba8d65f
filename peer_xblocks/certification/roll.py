"""A cohort as its staff see it: for everybody the hours that count and whether all is complete; for one, each thing asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from peer_xblocks.certification import outline, requirements, standings
from peer_xblocks.certification.models import Completion
from peer_xblocks.certification.requirements import Asked, Credit, Requirement, Standing
from peer_xblocks.certification.words import said
from peer_xblocks.compat import platform
from peer_xblocks.learner import learners


@dataclass(frozen=True, slots=True)
class Row:
    """One learner: seconds that count, seconds of them that staff entered, and whether the course is complete."""

    user_id: int
    name: str
    seconds: int
    entered: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """A cohort and the seconds that the course asks for."""

    needed: int
    rows: tuple[Row, ...]


def of(course: str) -> Roll:
    """Everybody who is enrolled as a learner, by name; the number of queries does not grow with them."""
    asked = outline.of(course).asked
    users = platform().learners(course)
    names = platform().accounts(users)
    known = learners.of_users(users)
    credit = standings.cohort(course)
    complete = set(Completion.objects.filter(course=course, stands=True).values_list("learner", flat=True))
    rows = (
        _row(user, names[user].username, known.get(user), asked, credit, complete) for user in users if user in names
    )
    return Roll(sum(each.alone + each.live for each in asked.modules), tuple(rows))


def steps(asked: Sequence[Requirement]) -> list[tuple[str, str, bool]]:
    """(title, words, met) of each requirement."""
    return [(each.title, said(each), each.met) for each in asked]


def _row(
    user_id: int,
    name: str,
    learner: UUID | None,
    asked: Asked,
    credit: Mapping[UUID, Mapping[str, Credit]],
    complete: set[UUID],
) -> Row:
    has = credit.get(learner, {}) if learner else {}
    entered = sum(each.entered for each in has.values())
    return Row(user_id, name, requirements.seconds(asked, Standing(has, {})), entered, learner in complete)
