"""What follows from a decided sitting: other rooms are told, and the platform's gradebook until it took it."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from peer_xblocks import clock
from peer_xblocks.compat import platform
from peer_xblocks.exam import models
from peer_xblocks.exam.definition import PRACTICE
from peer_xblocks.exam.sitting import DONE
from peer_xblocks.learner import learners, signals
from peer_xblocks.learner.news import tell

log = logging.getLogger(__name__)
SECOND, DAY = 1000, 86_400_000


def share(learner: UUID | None, usage: str) -> float | None:
    """The best share (0.0 to 1.0) of the sittings that count at a block; None where none was handed in."""
    if learner is None:
        return None
    rows = models.Sitting.objects.filter(learner=learner, usage=usage, state__in=DONE)
    best = rows.aggregate(best=Max("percent"))["best"]
    return None if best is None else float(best) / 100


def settle(row: models.Sitting, *, now: int) -> None:
    """Notes what the gradebook should say, and tells other rooms, inside the transaction that decided it.

    The platform is told after it, by the page that shows the result or by the sweep: a grade takes the platform longer
    than all the rest, and nobody who hands in should wait for it.
    """
    best = share(row.learner, row.usage)
    said = {"share": best or 0.0, "complete": 0.0 if best is None else 1.0, "taken": False, "tries": 0, "next_try": now}
    if not models.Standing.objects.filter(learner=row.learner, usage=row.usage).update(**said):
        models.Standing.objects.create(learner=row.learner, usage=row.usage, **said)
    if row.purpose != PRACTICE:
        passed = row.state in DONE and bool(row.passed)
        tell(signals.exam_decided, learner=row.learner, course=row.course, usage=row.usage, passed=passed)


def repeat(row: models.Sitting, *, now: int) -> None:
    """Lets the sweep tell the platform again what it may have forgotten by then."""
    models.Standing.objects.filter(learner=row.learner, usage=row.usage).update(taken=False, tries=0, next_try=now + 1)


def publish_due(limit: int = 200, learner: UUID | None = None) -> int:
    """Tells the platform what it has not taken yet; how many it took."""
    rows = models.Standing.objects.filter(taken=False, next_try__lte=clock.millis())
    if learner is not None:
        rows = rows.filter(learner=learner)
    return sum(_publish(row) for row in rows.order_by("next_try")[:limit])


def _publish(row: models.Standing) -> bool:
    user_id = learners.user_of(row.learner)
    same = models.Standing.objects.filter(id=row.id, share=row.share, complete=row.complete, taken=False)
    try:
        with transaction.atomic():
            if user_id is not None:
                platform().publish_for(user_id, row.usage, row.share, 1.0)
                platform().complete(user_id, row.usage, row.complete)
    except Exception:  # whatever the platform throws, a deleted block too: the row stays and is tried again
        log.warning("The platform did not take the result of %s.", row.usage, exc_info=not row.tries)
        wait = min(5 * SECOND * 4**row.tries, DAY)
        same.update(tries=row.tries + 1, next_try=clock.millis() + wait)
        return False
    return bool(same.update(taken=True))
