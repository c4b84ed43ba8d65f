"""What a learner has in a course, gathered from the rooms that observed it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from peer_xblocks.activity.check import tries
from peer_xblocks.certification.requirements import Credit, Standing
from peer_xblocks.hours import ledger

NOTHING = Standing({}, {})


def of(learner: UUID | None, course: str) -> Standing:
    """Credit by module and checks passed; nothing for somebody who has not begun."""
    if learner is None:
        return NOTHING
    tallies = ledger.seconds_by_module(learner, course)
    passed = tries.passed(learner, course)
    return Standing(
        {module: _credit(tally) for module, tally in tallies.items()},
        {usage: each.at for usage, each in passed.items()},
    )


def _credit(tally: Any) -> Credit:
    return Credit(tally.self_paced, tally.offline, tally.live, getattr(tally, "make_up", 0))
