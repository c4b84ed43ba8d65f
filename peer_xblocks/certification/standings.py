"""What a learner has in a course, gathered from the rooms that observed it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from peer_xblocks.activity.attestation import signatures
from peer_xblocks.activity.check import tries
from peer_xblocks.certification import observations, outline
from peer_xblocks.certification.requirements import Credit, Standing
from peer_xblocks.exam import results
from peer_xblocks.hours import grants, ledger
from peer_xblocks.hours.grants import Entered
from peer_xblocks.hours.ledger import Tally
from peer_xblocks.story import stories

NOTHING = Standing({}, {})


def of(learner: UUID | None, course: str, *, tasks: bool = True) -> Standing:
    """Credit by module, checks passed and, with `tasks`, what is done beside them; nothing for who has not begun."""
    if learner is None:
        return NOTHING
    passed = tries.passed(learner, course)
    return Standing(credit(learner, course), {usage: each.at for usage, each in passed.items()}, _done(learner, course) if tasks else {})


def credit(learner: UUID, course: str) -> dict[str, Credit]:
    """Observed and entered seconds, by module id."""
    observed, entered = ledger.seconds_by_module(learner, course), grants.by_module(learner, course)
    return {
        module: _credit(observed.get(module, Tally()), entered.get(module, Entered()))
        for module in {*observed, *entered}
    }


def _done(learner: UUID, course: str) -> Mapping[str, int]:
    signed = {usage: each.at for usage, each in signatures.signed(learner, course).items()}
    decided = {usage: each.at for usage, each in results.passed(learner, course).items() if each.passed}
    watched = observations.of(learner, course)
    practice = {outline.PRACTICE.usage: watched[0].at} if watched else {}
    return {**signed, **stories.done(learner, course), **decided, **practice}


def _credit(observed: Tally, entered: Entered) -> Credit:
    return Credit(
        self_paced=observed.self_paced,
        offline=observed.offline,
        live=observed.live,
        make_up=entered.make_up,
        entered_alone=entered.alone,
        entered_live=entered.live,
    )
