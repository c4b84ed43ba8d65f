"""What this room does when another one says that something counted, or no longer counts."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction

from peer_xblocks import clock
from peer_xblocks.certification import completions, outline, requirements, retirement, standings
from peer_xblocks.certification.models import Unsettled
from peer_xblocks.learner import signals

log = logging.getLogger(__name__)
HEARD = (
    signals.module_credited,
    signals.check_passed,
    signals.text_signed,
    signals.story_done,
    signals.exam_decided,
    signals.practice_watched,
    signals.reversed_,
)


def listen() -> None:
    """Connects once, however often it is called."""
    for signal in HEARD:
        signal.connect(settle, dispatch_uid="peer_certification.settle")
    signals.training_asked.connect(trained, dispatch_uid="peer_certification.trained")
    signals.retiring.connect(retirement.close, dispatch_uid="peer_certification.retirement")


def trained(*, learner: UUID, course: str, **_asked: Any) -> int:
    """The contact seconds that a learner has of what the course asks for, for a room that asks before an exam."""
    return requirements.seconds(outline.of(course).asked, standings.of(learner, course, ()))


def settle(*, learner: UUID, course: str, **_said: Any) -> None:
    """Evaluates inside the sender's transaction. What goes wrong here never costs the learner what was just credited:
    it is noted, and the sweep repeats it."""
    try:
        with transaction.atomic():
            completions.evaluate(learner, course)
    except OperationalError:
        raise  # the database gave up on this transaction: its owner runs all of it again
    except Exception:
        log.exception("Learner %s could not be evaluated in %s; the sweep will repeat it.", learner, course)
        with transaction.atomic():
            Unsettled.objects.get_or_create(learner=learner, course=course, defaults={"since": clock.now()})
