"""When a module is complete: its self-paced seconds are credited and its checks are passed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from peer_xblocks.compat import platform
from peer_xblocks.hours import ledger, modules
from peer_xblocks.hours.modules import Check, Module
from peer_xblocks.learner import learners, signals

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one learner is with one module: seconds that count, and the checks that are not yet passed."""

    module: Module
    seconds: int
    open_checks: tuple[Check, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return self.seconds >= self.module.planned and not self.open_checks


def standing(learner: UUID | None, course: str, module: Module) -> Standing:
    """How far a learner is; one without any record is at the beginning."""
    done = passed(learner, course) if learner and module.checks else frozenset()
    open_checks = tuple(each for each in module.checks if each.usage not in done)
    return Standing(module, ledger.total(learner, course, module.id), open_checks)


def passed(learner: UUID, course: str) -> frozenset[str]:
    """The checks a learner has passed, as the room that keeps them answers."""
    answers = signals.passed_asked.send(sender=Standing, learner=learner, course=course)
    return frozenset(usage for _, found in answers for usage in found)


def module_credited(*, learner: UUID, course: str, module: str, **_others: Any) -> None:
    """Answers `signals.module_credited`."""
    _announce(learner, course, modules.of_id(course, module))


def check_passed(*, learner: UUID, course: str, usage: str, **_others: Any) -> None:
    """Answers `signals.check_passed`."""
    found = (each for each in modules.of_course(course) if usage in {check.usage for check in each.checks})
    _announce(learner, course, next(found, None))


def repeat(learner: UUID, course: str) -> None:
    """Tells the platform again of every complete module of a learner; for a sweep."""
    for module in modules.of_course(course):
        _announce(learner, course, module)


def _announce(learner: UUID, course: str, module: Module | None) -> None:
    """Completion is the platform's record: it is told after the commit, and its trouble never undoes credit."""
    if module is not None and standing(learner, course, module).complete:
        transaction.on_commit(lambda: _complete(learner, module), robust=True)


def _complete(learner: UUID, module: Module) -> None:
    user_id = learners.user_of(learner)
    if user_id is not None:
        platform().complete(user_id, module.usage, 1.0)
