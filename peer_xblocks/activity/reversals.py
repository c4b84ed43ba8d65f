"""What staff took back: of each learner and block, the rounds up to one no longer count. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db.models import Max

from peer_xblocks.activity.models import Reversal
from peer_xblocks.learner import learners, signals
from peer_xblocks.learner.news import tell


def begun(learner: UUID, usage: str) -> int:
    """The last round that staff took back, 0 where none."""
    rows = Reversal.objects.filter(learner=learner, usage=usage).order_by("-round")
    return rows.values_list("round", flat=True).first() or 0


def begun_in(learner: UUID, course: str) -> dict[str, int]:
    """The same for each block of a course that has any, by usage."""
    rows = Reversal.objects.filter(learner=learner, course=course).values_list("usage").order_by()
    return dict(rows.annotate(last=Max("round")))


def take_back(
    learner: UUID, course: str, usage: str, going_on: Callable[[], int | None], *, by: UUID | None, now: int, what: str
) -> bool:
    """Takes back a learner's rounds up to the one that `going_on` names under the lock; False where it names none.

    `what` is for the log: no personal words.
    """
    user_id = learners.user_of(learner)
    if user_id is None:
        return False

    def write() -> bool:
        with learners.locked(user_id=user_id):
            last = going_on()
            if last is None:
                return False
            Reversal.objects.create(learner=learner, course=course, usage=usage, at=now, round=last, by=by)
            tell(signals.reversed_, learner=learner, course=course, what=what)
            return True

    return learners.retrying(write)
