"""What course staff do about a learner's work in a block, step by step as the LMS does it (lms_checked Q8)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from opaque_keys.edx.keys import UsageKey
from xblock.core import XBlock
from xblock.scorable import Score

from peer_xblocks.demo.lms import access, platform, publish, state, store
from peer_xblocks.demo.models import State
from peer_xblocks.refusal import Refusal

HISTORIES = ("score_history", "correct_map_history", "student_answers_history")


class Done(Enum):
    """What came of a task about one learner; the platform shows only counts of these."""

    SUCCEEDED = "succeeded"
    SKIPPED = "skipped"
    NOT_ATTEMPTED = "not attempted"


@dataclass(frozen=True, slots=True)
class Seen:
    """The state of one learner as the platform hands it to a report."""

    username: str
    block_key: UsageKey
    state: dict[str, Any]


def delete_state(usage: UsageKey, learner: Any, staff: Any) -> None:
    """Deletes a learner's state, of children first.

    The block's own hook is called before the row is looked up, so it runs even where this ends in a refusal. A block
    with that hook must reset its grade itself.
    """
    block = platform.bound(usage, None)
    _children(block, lambda child: delete_state(child, learner, staff))
    clears = getattr(block, "clear_student_state", None)
    if clears:
        course = str(store.course_of(usage))
        clears(
            user_id=access.remember(learner.id, course),
            course_id=course,
            item_id=str(usage),
            requesting_user_id=access.remember(staff.id, course),
        )
    _row(usage, learner).delete()
    if not clears:
        publish.forget_grade(learner.id, block)


def reset_attempts(usage: UsageKey, learner: Any) -> None:
    """Sets `attempts` in the stored state to 0 and empties the histories; nothing of the block is called."""
    _children(platform.bound(usage, None), lambda child: reset_attempts(child, learner))
    _reset(_row(usage, learner))


def reset_attempts_of_all(usage: UsageKey) -> int:
    """The same for every learner; states without any `attempts` are passed over. Answers how many were reset."""
    rows = [row for row in _rows(usage) if json.loads(row.state or "{}").get("attempts", 0) > 0]
    for row in rows:
        _reset(row)
    return len(rows)


def rescore(usage: UsageKey, learner: Any, *, only_if_higher: bool = False) -> Done:
    """Lets the block score again what the learner handed in."""
    if not State.objects.filter(user_id=learner.id, usage=str(usage)).exists():
        return Done.NOT_ATTEMPTED
    block = platform.bound(usage, learner)
    if not hasattr(block, "rescore"):
        raise Refusal("This block has no score that can be worked out again.")
    if not block.has_submitted_answer():
        return Done.SKIPPED
    block.rescore(only_if_higher=only_if_higher)
    block.save()
    return Done.SUCCEEDED


def override(usage: UsageKey, learner: Any, score: float) -> Done:
    """Sets the score, between 0 and the block's `max_score()`. A row is made first and stays, whatever follows."""
    block = platform.bound(usage, learner)
    if not hasattr(block, "set_score"):
        raise Refusal("This block has no score that can be set.")
    if not 0 <= score <= block.max_score():
        raise Refusal("Scores must be between 0 and the value of the problem.")
    State.objects.get_or_create(
        user_id=learner.id, usage=str(usage), defaults={"course": str(store.course_of(usage)), "state": None}
    )
    weight = getattr(block, "weight", None) or 1.0
    block.set_score(Score(raw_earned=score / weight, raw_possible=block.max_score() / weight))
    block.publish_grade()
    block.save()
    return Done.SUCCEEDED


def report(usage: UsageKey, most: int = 1000) -> list[dict[str, Any]]:
    """The response report of a block: one line for each that the block yields, the learner's name first."""
    block = platform.bound(usage, None)
    if not hasattr(block, "generate_report_data"):
        return [{"username": seen.username, **seen.state} for seen in islice(_seen(usage), most)]
    return [{"username": name, **line} for name, line in block.generate_report_data(_seen(usage), most)]


def _children(block: XBlock, change: Any) -> None:
    for child in block.children if block.has_children else ():
        try:
            change(child)
        except Refusal:  # a child that the learner never touched
            continue


def _row(usage: UsageKey, learner: Any) -> State:
    row = State.objects.filter(user_id=learner.id, usage=str(usage)).first()
    if row is None:
        raise Refusal("Module does not exist.")
    return row


def _reset(row: State) -> None:
    row.state = json.dumps({**json.loads(row.state or "{}"), "attempts": 0, **{name: [] for name in HISTORIES}})
    row.save(update_fields=["state"])


def _rows(usage: UsageKey) -> Any:
    return State.objects.filter(usage=str(usage)).order_by("user_id")


def _seen(usage: UsageKey) -> Iterator[Seen]:
    names = dict(get_user_model().objects.values_list("id", "username"))
    for row in _rows(usage):
        if row.user_id in names:
            yield Seen(names[row.user_id], usage, state.of(row.user_id, str(usage)))
