"""When a module is complete: its self-paced seconds are credited and its checks are passed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from peer_xblocks.hours import ledger
from peer_xblocks.hours.modules import Check, Module
from peer_xblocks.learner import signals


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
