"""What a learner has in a course, gathered from the rooms that observed it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from peer_xblocks.activity.attestation import signatures
from peer_xblocks.activity.check import tries
from peer_xblocks.certification import observations
from peer_xblocks.certification.outline import PRACTICE
from peer_xblocks.certification.requirements import TASKS, Credit, Kind, Standing
from peer_xblocks.exam import results
from peer_xblocks.hours import grants, ledger
from peer_xblocks.hours.grants import Entered
from peer_xblocks.hours.ledger import Tally
from peer_xblocks.story import stories

NOTHING = Standing({}, {})


def of(learner: UUID | None, course: str, kinds: Collection[Kind] = TASKS) -> Standing:
    """Credit by module, checks passed, and which tasks of these kinds are done; nothing for who has not begun."""
    if learner is None:
        return NOTHING
    passed = tries.passed(learner, course)
    at = {usage: each.at for usage, each in passed.items()}
    done = {usage: when for kind in kinds for usage, when in DONE[kind](learner, course).items()}
    return Standing(credit(learner, course), at, done)


def credit(learner: UUID, course: str) -> dict[str, Credit]:
    """Observed and entered seconds, by module id."""
    return _together(ledger.seconds_by_module(learner, course), grants.by_module(learner, course))


def cohort(course: str) -> dict[UUID, dict[str, Credit]]:
    """The same of everybody in a course, in two queries."""
    observed, entered = ledger.cohort(course), grants.cohort(course)
    return {each: _together(observed.get(each, {}), entered.get(each, {})) for each in {*observed, *entered}}


def _together(observed: Mapping[str, Tally], entered: Mapping[str, Entered]) -> dict[str, Credit]:
    return {
        module: _credit(observed.get(module, Tally()), entered.get(module, Entered()))
        for module in {*observed, *entered}
    }


def _signed(learner: UUID, course: str) -> dict[str, int]:
    return {usage: each.at for usage, each in signatures.signed(learner, course).items()}


def _passed(learner: UUID, course: str) -> dict[str, int]:
    return {usage: each.at for usage, each in results.passed(learner, course).items() if each.passed}


def _watched(learner: UUID, course: str) -> dict[str, int]:
    seen = observations.of(learner, course)
    return {PRACTICE.usage: seen[0].at} if seen else {}


#: Which room knows of each kind of task.
DONE: Mapping[Kind, Callable[[UUID, str], Mapping[str, int]]] = {
    Kind.TEXT: _signed,
    Kind.STORY: stories.done,
    Kind.EXAM: _passed,
    Kind.PRACTICE: _watched,
}


def _credit(observed: Tally, entered: Entered) -> Credit:
    return Credit(
        self_paced=observed.self_paced,
        offline=observed.offline,
        live=observed.live,
        make_up=entered.make_up,
        entered_alone=entered.alone,
        entered_live=entered.live,
    )
