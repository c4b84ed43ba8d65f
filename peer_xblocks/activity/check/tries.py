"""The records of checks: answers written under the learner's lock, marks reached, what staff took back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from peer_xblocks.activity import reversals
from peer_xblocks.activity.check.answer import Answer
from peer_xblocks.activity.check.rounds import Seen, Standing
from peer_xblocks.activity.models import Mastery, Try
from peer_xblocks.activity.once import once
from peer_xblocks.item.item import Item
from peer_xblocks.item.score import Verdict, judge, needed
from peer_xblocks.learner import signals, statement
from peer_xblocks.learner.news import tell
from peer_xblocks.refusal import Clash

#: The newest answer of a learner to a check, with the last round that staff took back.
NEWEST = """
SELECT round, standing, COALESCE(
    (SELECT MAX(round) FROM peer_activity_reversal WHERE learner = %s AND "usage" = %s), 0
) FROM peer_activity_try WHERE learner = %s AND "usage" = %s ORDER BY id DESC LIMIT 1
"""

#: The marks that a learner reached in a course after whatever staff took back.
PASSED = """
SELECT "usage", at, share FROM peer_activity_mastery reached
WHERE learner = %s AND course = %s AND since = COALESCE((
    SELECT MAX(round) FROM peer_activity_reversal back
    WHERE back.learner = reached.learner AND back."usage" = reached."usage"
), 0)
"""


@dataclass(frozen=True, slots=True)
class Check:
    """A check as it stands in its course: where, what it asks, the mark to reach (0.0 to 1.0)."""

    course: str
    usage: str
    items: tuple[Item, ...]
    mastery: float

    @property
    def needed(self) -> int:
        """How many items reach the mark."""
        return needed(self.mastery, len(self.items))


@dataclass(frozen=True, slots=True)
class Passed:
    """When (Unix seconds) a mark was reached, and with which share."""

    at: int
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an answer. `passed_now` is true for the answer that reached the mark, also when it is sent again."""

    learner: UUID
    item: Item
    chosen: tuple[str, ...]
    verdict: Verdict
    standing: Standing
    passed_now: bool = False


def record(user_id: int, check: Check, answer: Answer, *, now: int) -> Outcome:
    """Writes one answer; the same `client_id` again writes nothing and tells the same."""
    item = answer.to(check.items)
    return once(
        user_id,
        lambda learner: _written(learner, check, item, answer, now),
        lambda learner: _told_again(learner, check, item, answer),
    )


def standing(learner: UUID | None, check: Check) -> Standing:
    """Where a learner stands: read off the newest answer, however many there are; the beginning for a newcomer."""
    asked = tuple(item.id for item in check.items)
    if learner is None:
        return Standing(asked)
    newest = statement.read(NEWEST, learner, check.usage, learner, check.usage)
    if not newest:
        return Standing(asked)
    last, written, begun = newest[0][0], newest[0][1], int(newest[0][2])  # MariaDB's COALESCE answers a Decimal
    if last <= begun:
        return Standing(asked, begun=begun)
    kept = json.loads(written) if isinstance(written, str) else written
    seen = {item: Seen(*each) for item, each in kept["seen"].items()}
    return Standing(asked, seen, begun, kept["best"], kept["passed"])


def reverse(learner: UUID, check: Check, *, by: UUID | None, now: int) -> bool:
    """Takes back what a learner did in a check, keeping every row; False where there is nothing to take back."""

    def going_on() -> int | None:
        so_far = standing(learner, check)
        return so_far.round if so_far.tried else None

    what = f"check {check.usage}"
    return reversals.take_back(learner, check.course, check.usage, going_on, by=by, now=now, what=what)


def passed(learner: UUID, course: str) -> dict[str, Passed]:
    """The checks of a course that a learner passed and nobody took back, by usage."""
    return {usage: Passed(at, share) for usage, at, share in statement.read(PASSED, learner, course)}


def recent(since: datetime) -> set[tuple[UUID, str]]:
    """The learners and courses with a mark reached since then."""
    rows = Mastery.objects.filter(at__gte=int(since.timestamp())).order_by()
    return set(rows.values_list("learner", "course").distinct())


def of_learners(usage: str, who: Iterable[UUID]) -> dict[UUID, list[Try]]:
    """All answers of many learners to one check, oldest first, in one query."""
    found: dict[UUID, list[Try]] = defaultdict(list)
    for row in Try.objects.filter(usage=usage, learner__in=list(who)).order_by("id"):
        found[row.learner].append(row)
    return found


# -- writing ---------------------------------------------------------------------------------------------------


def _written(learner: UUID, check: Check, item: Item, answer: Answer, now: int) -> Outcome:
    before = standing(learner, check)
    verdict = judge(item, answer.chosen)
    after = before.after(item.id, verdict.right)
    reached = not before.passed and len(after.right) >= check.needed
    after = replace(after, passed=before.passed or reached)
    where = {"learner": learner, "course": check.course, "usage": check.usage}
    made = answer.made_at(now)
    Try.objects.create(
        **where, at=made, received=now, client_id=answer.client_id, round=before.round_of(item.id), item=item.id,
        item_digest=item.digest, chosen=list(answer.chosen), right=verdict.right, share=after.share, standing=_kept(after),
    )  # fmt: skip
    if answer.at is not None:
        tell(signals.work_saved, **where, at=made, received=now)
    if reached:
        _reach(learner, check, after, now)
    return Outcome(learner, item, answer.chosen, verdict, after, reached)


def _reach(learner: UUID, check: Check, after: Standing, now: int) -> None:
    where = {"learner": learner, "course": check.course, "usage": check.usage}
    Mastery.objects.create(**where, at=now, share=after.share, since=after.begun)
    tell(signals.check_passed, **where)


def _told_again(learner: UUID, check: Check, item: Item, answer: Answer) -> Outcome:
    kept = Try.objects.filter(learner=learner, client_id=answer.client_id).first()
    if kept is None or (kept.usage, kept.item) != (check.usage, item.id):
        raise Clash("This answer carries a mark that was used before. Reload the page and answer again.")
    chosen = tuple(kept.chosen)
    now = standing(learner, check)
    return Outcome(learner, item, chosen, judge(item, chosen), now, passed_now=now.passed)


# -- reading ---------------------------------------------------------------------------------------------------


def _kept(now: Standing) -> dict[str, Any]:
    """What the next answer has to know of all before it."""
    seen = {item: [each.last, each.first_right] for item, each in now.seen.items()}
    return {"seen": seen, "best": now.best, "passed": now.passed}
