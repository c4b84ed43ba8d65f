"""A change that is made once, however often its page sends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError

from peer_xblocks.learner import learners
from peer_xblocks.learner.models import Learner

Result = TypeVar("Result")


def once(user_id: int, write: Callable[[UUID], Result], again: Callable[[UUID], Result]) -> Result:
    """What `write` makes of a learner under that learner's lock; what `again` tells where its mark is on record already.

    The learner is made on first use. `write` adds the row whose mark is unique, so that a second sending cannot add another.
    """

    def locked() -> Result:
        with learners.locked(user_id=user_id) as learner:
            return write(learner)

    try:
        return learners.retrying(locked)
    except Learner.DoesNotExist:
        learners.of(user_id)
        return learners.retrying(locked)
    except IntegrityError:
        return again(learners.of(user_id))
