"""Who is in a cohort, with what the ledger holds of each."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from peer_xblocks.compat import platform
from peer_xblocks.hours import ledger, modules
from peer_xblocks.hours.ledger import Tally
from peer_xblocks.hours.models import Entry
from peer_xblocks.hours.table import Cell, Row, Table
from peer_xblocks.learner import learners


def of_course(course: str) -> Table:
    """Every learner of a course and everybody with hours in it; the number of queries does not grow with them."""
    tallies = ledger.cohort(course)
    users = {user_id: learner for learner, user_id in learners.users_of(tallies).items()}
    enrolled = platform().learners(course)
    names = {each.user_id: each.username for each in platform().accounts([*enrolled, *users]).values()}
    columns = _columns(course, tallies)
    rows = [_row(names[user_id], users.get(user_id), user_id in set(enrolled), columns, tallies) for user_id in names]
    retired = [_row("–", learner, False, columns, tallies) for learner in tallies if learner not in users.values()]
    return Table(columns, (*rows, *retired))


def person(course: str, learner: UUID) -> str | None:
    """The account's name of somebody with hours in a course, None for anybody else."""
    if not Entry.objects.filter(learner=learner, course=course).exists():
        return None
    user_id = learners.user_of(learner)
    account = platform().account(user_id) if user_id is not None else None
    return account.username if account else str(learner)


def _columns(course: str, tallies: Mapping[UUID, Mapping[str, Tally]]) -> tuple[str, ...]:
    """The course's modules in their order, then those that only the ledger still knows."""
    known = [each.id for each in modules.of_course(course)]
    gone = {module for each in tallies.values() for module in each} - set(known)
    return (*dict.fromkeys(known), *sorted(gone))


def _row(
    name: str,
    learner: UUID | None,
    enrolled: bool,
    columns: tuple[str, ...],
    tallies: Mapping[UUID, Mapping[str, Tally]],
) -> Row:
    found = tallies.get(learner, {}) if learner else {}
    counted = (found.get(module, Tally()) for module in columns)
    cells = tuple(Cell(each.seconds, each.offline) for each in counted)
    return Row(name, str(learner or ""), enrolled, cells)
