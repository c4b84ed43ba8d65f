"""What is repeated until it is done: missed evaluations, unfinished reports, completion that the platform has not taken."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from peer_xblocks import clock
from peer_xblocks.activity.attestation import signatures
from peer_xblocks.activity.check import tries
from peer_xblocks.certification import completions, observations, outbox, outline, publications, retirement
from peer_xblocks.certification.models import Unsettled
from peer_xblocks.exam import results
from peer_xblocks.hours import grants
from peer_xblocks.hours.models import Entry
from peer_xblocks.story import stories

log = logging.getLogger(__name__)
LOOK_BACK = timedelta(days=2)


def sweep() -> int:
    """One round; how many learners had to be evaluated again. Each learner apart: one fault holds up nobody else."""
    evaluated = sum(_settled(row) for row in Unsettled.objects.order_by("id")[:200])
    evaluated += sum(_evaluated(learner, course) for learner, course in _missed())
    outbox.finish_named()
    retirement.erase_delivered()
    publications.publish_due()
    return evaluated


def _settled(row: Unsettled) -> bool:
    done = _evaluated(row.learner, row.course)
    if done:
        row.delete()
    return done


def _evaluated(learner: UUID, course: str) -> bool:
    try:
        completions.evaluate(learner, course)
    except Exception:
        log.exception("Learner %s could not be evaluated in %s; the next sweep repeats it.", learner, course)
        return False
    return True


def _missed() -> list[tuple[UUID, str]]:
    """Learners with fresh credit or a fresh pass whose completion is not written down."""
    since = clock.now() - LOOK_BACK
    outline_of = cache(outline.of)
    return [(who, course) for who, course in _active(since) if completions.missed(who, course, outline_of(course))]


def _active(since: datetime) -> set[tuple[UUID, str]]:
    credited = Entry.objects.filter(at__gte=int(since.timestamp())).values_list("learner", "course")
    rooms = (tries, signatures, stories, results, grants, observations)
    return {*credited.distinct().order_by(), *(pair for room in rooms for pair in room.recent(since))}
