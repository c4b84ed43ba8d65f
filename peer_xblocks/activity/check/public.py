"""What a learner may see of a check: the one place where items and records become what leaves the server.

Before an answer: the words of a question and of its answers. After it: what the chosen answers teach. Which answers
are right, and why, is shown of questions that were answered right, and of no other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from peer_xblocks.activity.check.rounds import Standing
from peer_xblocks.activity.check.tries import Check, Outcome
from peer_xblocks.item.item import Item, Option
from peer_xblocks.item.text import html

Plain = dict[str, Any]


def state(check: Check, now: Standing, *, order: str = "") -> Plain:
    """The whole page: questions that are not yet right, where the learner stands, what was learned so far."""
    again = set(now.again)
    return {
        "questions": [question(item, order) for item in check.items if item.id in again],
        "standing": standing(check, now),
        "learned": [learned(item) for item in _of(check, now.right)],
    }


def question(item: Item, order: str = "") -> Plain:
    """One question before it is answered. `order` seeds the order of its answers; "" leaves the author's."""
    options = sorted(item.options, key=lambda option: _place(order, item, option)) if order else item.options
    return {
        "id": item.id,
        "digest": item.wording,
        "several": item.kind == "multiple",
        "stem": html(item.stem),
        "options": [{"id": option.id, "text": html(option.text)} for option in options],
    }


def standing(check: Check, now: Standing) -> Plain:
    """How far the learner is: figures, what is asked next, whether the mark is reached."""
    return {
        "round": now.round,
        "of": len(check.items),
        "right": len(now.right),
        "needed": check.needed,
        "asked": list(now.asked),
        "open": list(now.open),
        "again": list(now.again),
        "passed": now.passed,
        "begun": now.tried,
    }


def feedback(check: Check, outcome: Outcome) -> Plain:
    """What an answer brings: its verdict, what the chosen answers teach, and where the learner stands now."""
    item, right = outcome.item, outcome.verdict.right
    chosen = [option for option in item.options if option.id in outcome.chosen]
    return {
        "item": item.id,
        "right": right,
        "reason": outcome.verdict.reason,
        "chosen": [_taught(option) for option in chosen],
        "rationale": html(item.rationale) if right else "",
        "source": item.source if right else "",
        "standing": standing(check, outcome.standing),
        "learned": learned(item) if right else None,
    }


def learned(item: Item) -> Plain:
    """A question that was answered right, with its answers and the reason, to be read again."""
    return {
        "id": item.id,
        "stem": html(item.stem),
        "answers": [_taught(option) for option in item.options if option.right],
        "rationale": html(item.rationale),
        "source": item.source,
    }


def _taught(option: Option) -> Plain:
    return {"text": html(option.text), "feedback": html(option.feedback)}


def _of(check: Check, ids: Sequence[str]) -> Iterable[Item]:
    return (item for item in check.items if item.id in ids)


def _place(order: str, item: Item, option: Option) -> str:
    return hashlib.sha256(f"{order}|{item.id}|{option.id}".encode()).hexdigest()
