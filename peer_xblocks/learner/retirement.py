"""The end of an account: its owner's names and texts go, the records stay under a UUID that points to nobody."""

from __future__ import annotations

from uuid import UUID

from peer_xblocks.learner import learners, signals
from peer_xblocks.learner.models import Learner


def retire(user_id: int) -> UUID | None:
    """Retires an account here; answers the learner, None where nothing is kept under that account.

    One transaction: every room erases what is personal, then the link between account and learner goes. What a room
    raises undoes all of it and reaches the platform, whose retirement then stops and is started again.
    """
    if learners.known(user_id) is None:
        return None

    def change() -> UUID | None:
        try:
            with learners.locked(user_id=user_id) as learner:
                signals.retiring.send(sender=None, learner=learner)
                Learner.objects.filter(id=learner).update(user_id=None)
                return learner
        except Learner.DoesNotExist:  # another request was quicker
            return None

    return learners.retrying(change)
