"""Completion of blocks, told to the platform outside any request of the learner's; kept and repeated until taken."""

from __future__ import annotations

import logging
import random
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from peer_xblocks import clock
from peer_xblocks.certification import schedule
from peer_xblocks.certification.models import Publication
from peer_xblocks.compat import platform
from peer_xblocks.learner import learners

log = logging.getLogger(__name__)


def want(learner: UUID, values: Mapping[str, float]) -> None:
    """Notes how far blocks are complete, inside the learner's lock; tells the platform after the commit."""
    known = dict(Publication.objects.filter(learner=learner).values_list("usage", "wanted"))
    changed = {usage: value for usage, value in values.items() if value != known.get(usage, 0.0)}
    for usage, value in changed.items():
        noted = {"wanted": value, "taken": False, "attempts": 0, "next_attempt": clock.now()}
        Publication.objects.update_or_create(learner=learner, usage=usage, defaults=noted)
    if changed:
        transaction.on_commit(lambda: publish_due(learner=learner))


def publish_due(limit: int = 200, learner: UUID | None = None) -> int:
    """Tells the platform what it has not taken yet; how many it took."""
    rows = Publication.objects.filter(taken=False, next_attempt__lte=clock.now())
    if learner is not None:
        rows = rows.filter(learner=learner)
    return sum(_publish(row) for row in rows.order_by("next_attempt")[:limit])


def _publish(row: Publication) -> bool:
    user_id = learners.user_of(row.learner)
    same = Publication.objects.filter(id=row.id, wanted=row.wanted, taken=False)
    try:
        if user_id is not None:
            platform().complete(user_id, row.usage, row.wanted)
    except Exception:  # whatever the platform throws, the row stays and is tried again
        log.warning("The platform did not take the completion of %s.", row.usage, exc_info=True)
        later = clock.now() + timedelta(seconds=schedule.wait(row.attempts + 1, random.random()))  # noqa: S311
        same.update(attempts=row.attempts + 1, next_attempt=later)
        return False
    return bool(same.update(taken=True))
