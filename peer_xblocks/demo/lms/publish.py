"""What blocks tell the platform: grades and completion are applied, everything else goes to the tracking log."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.dispatch import Signal
from opaque_keys.edx.keys import UsageKey
from xblock.completable import XBlockCompletionMode
from xblock.scorable import ScorableXBlockMixin, Score

from peer_xblocks.demo.lms import state
from peer_xblocks.demo.lms.visit import Visit
from peer_xblocks.demo.models import BlockCompletion, Grade

log = logging.getLogger("peer_demo.tracking")

#: Every publish of a block: `kind` ("grade", "completion" or the event's name), `user_id`, `usage`, `data`, `applied`.
published = Signal()


class Publisher:
    """The `publish` service of one visit."""

    def __init__(self, visit: Visit):
        self._visit = visit

    def publish(self, block: Any, kind: str, data: dict[str, Any]) -> None:
        """Applies a grade or a completion to the bound person; staff who view as a learner only leave a log line."""
        apply = {"grade": self._grade, "completion": self._completion, "progress": self._progress}.get(kind)
        applied = bool(apply and self._visit.known and not self._visit.masked)
        if apply and applied:
            apply(block, data)
        if not applied:
            log.info("%s %s %s", kind, block.scope_ids.usage_id, json.dumps(data, default=str))
        announce(kind, self._visit.user.id if self._visit.known else None, block, data, applied)

    def _grade(self, block: Any, data: dict[str, Any]) -> None:
        higher = bool(data.get("only_if_higher"))
        grade(self._visit.user.id, block, data["value"], data["max_value"], higher)

    def _completion(self, block: Any, data: dict[str, Any]) -> None:
        complete(self._visit.user.id, block.scope_ids.usage_id, data["completion"])

    def _progress(self, block: Any, _data: dict[str, Any]) -> None:
        if completes_itself(block):
            complete(self._visit.user.id, block.scope_ids.usage_id, 1.0)


def announce(kind: str, user_id: int | None, block: Any, data: dict[str, Any], applied: bool) -> None:
    """Says what was published to whoever records it."""
    usage = str(block.scope_ids.usage_id)
    published.send(sender=None, kind=kind, user_id=user_id, usage=usage, data=data, applied=applied)


def grade(user_id: int, block: Any, earned: float, possible: float, only_if_higher: bool = False) -> None:
    """Records a grade as the LMS does: state row and gradebook, `set_score` of scorable blocks, completion of others."""
    usage = block.scope_ids.usage_id
    row = state.row(user_id, usage)
    if not (only_if_higher and _share(row.grade, row.max_grade) > _share(earned, possible)):
        row.grade, row.max_grade = earned, possible
        row.save(update_fields=["grade", "max_grade"])
        if isinstance(block, ScorableXBlockMixin):
            block.set_score(Score(raw_earned=earned, raw_possible=possible))
        _note(user_id, usage, earned, possible)
    if completes_itself(block):
        complete(user_id, usage, 1.0)


def forget_grade(user_id: int, block: Any) -> None:
    """Resets the gradebook after staff deleted a state; blocks that complete by a grade are incomplete again."""
    usage = block.scope_ids.usage_id
    Grade.objects.filter(user_id=user_id, usage=str(usage)).delete()
    if completes_itself(block):
        complete(user_id, usage, 0.0)


def complete(user_id: int, usage: UsageKey, value: float) -> None:
    """Records a completion between 0.0 and 1.0; it may go down again. Anything else raises ValidationError."""
    row = BlockCompletion.objects.filter(user_id=user_id, usage=str(usage)).first()
    row = row or BlockCompletion(user_id=user_id, usage=str(usage), course=str(usage.context_key))
    row.completion = value
    row.full_clean(validate_unique=False, validate_constraints=False)
    row.save()


def completes_itself(block: Any) -> bool:
    """Whether the platform, not the block, says when it is complete."""
    mode = XBlockCompletionMode.get_mode(type(block))
    return mode == XBlockCompletionMode.COMPLETABLE and not getattr(block, "has_custom_completion", False)


def _note(user_id: int, usage: UsageKey, earned: float, possible: float) -> None:
    figures = {"course": str(usage.context_key), "earned": earned, "possible": possible}
    Grade.objects.update_or_create(user_id=user_id, usage=str(usage), defaults=figures)


def _share(earned: float | None, possible: float | None) -> float:
    return (earned or 0.0) / possible if possible else 0.0
