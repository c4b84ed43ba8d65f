"""What an answer is worth: all of the key and nothing else, with the reason in words."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from peer_xblocks.item.item import Item

RIGHT = "That is right."
SINGLE = "Read what this choice tells you. The question comes again in the next round."


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer is right, and why in one or two plain sentences."""

    right: bool
    reason: str


def judge(item: Item, chosen: Collection[str]) -> Verdict:
    """Right where `chosen` is the key, whole and alone.

    For several answers the reason says how many are missing or do not fit, never which.
    """
    picked = frozenset(chosen)
    if picked == item.key:
        return Verdict(True, RIGHT)
    if item.kind != "multiple":
        return Verdict(False, SINGLE)
    return Verdict(False, _reason(len(item.key - picked), len(picked - item.key)))


def share(right: int, of: int) -> float:
    """The part of `of` items that is right; nothing of no items is 0."""
    return right / of if of else 0.0


def needed(mastery: float, of: int) -> int:
    """How many of `of` items reach the mark `mastery` (0.0 to 1.0); at least one where there are items.

    >>> needed(0.8, 12)
    10
    """
    return min(of, max(1, math.ceil(round(mastery * of, 6))))


def _reason(missing: int, extra: int) -> str:
    parts = []
    if extra:
        parts.append("1 of your choices does not fit" if extra == 1 else f"{extra} of your choices do not fit")
    if missing:
        parts.append("1 more choice fits" if missing == 1 else f"{missing} more choices fit")
    return f"{' and '.join(parts)}. This one counts when all choices that fit are chosen, and no other."
