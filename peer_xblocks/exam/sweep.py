"""What the worker repeats: closing sittings that learners left, and telling the platform what it has not taken."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db.models import F

from peer_xblocks import clock
from peer_xblocks.exam import grades, sittings
from peer_xblocks.exam.models import Sitting

log = logging.getLogger(__name__)
AT_ONCE = 500


def sweep() -> int:
    """One round; how many sittings it closed. Each sitting apart: one fault holds up nobody else."""
    now = clock.millis()
    overdue = Sitting.objects.filter(open_slot=1, deadline__lt=now - F("grace")).order_by("deadline")
    closed = sum(_closed(each, now) for each in overdue.values_list("id", flat=True)[:AT_ONCE])
    grades.publish_due()
    return closed


def _closed(sitting_id: UUID, now: int) -> bool:
    try:
        return sittings.time_out(sitting_id, now=now)
    except Exception:
        log.exception("Sitting %s could not be closed; the next sweep repeats it.", sitting_id)
        return False
