"""Two guides for a whole talk: how much of it is the hard part, and how long it is. Both are offered; neither judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from peer_xblocks.story.plan import Length, Plan

GUIDE = 0.2
"""The hard part of a talk that leaves listeners with hope: about a fifth."""
ROOM = 0.05
EARLY = 0.3
"""Below this part of the least length a share says nothing yet."""


class Share(Enum):
    """What a share of the hard part says."""

    EARLY = "early"
    NEAR = "near"
    MORE = "more"


class Size(Enum):
    """What the number of words says."""

    ROOM = "room"
    GOOD = "good"
    LONG = "long"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Guides:
    """What both guides say: the hard part in whole percent, and the length in words."""

    words: int
    percent: int
    share: Share
    size: Size


def guides(plan: Plan, words: Mapping[str, int], pace: float) -> Guides:
    """Both guides for a talk with so many words a part, spoken at `pace` words a minute."""
    talk = {each.id: words.get(each.id, 0) for each in plan.parts}
    whole = sum(talk.values())
    hard = sum(talk[each.id] for each in plan.parts if each.hard)
    length = plan.length.at(pace)
    part = hard / whole if whole else 0.0
    return Guides(whole, round(100 * part), _share(part, whole, length), _size(whole, length))


def _share(part: float, whole: int, length: Length) -> Share:
    if whole < EARLY * length.least:
        return Share.EARLY
    return Share.MORE if part > GUIDE + ROOM else Share.NEAR


def _size(whole: int, length: Length) -> Size:
    if whole > length.too_long:
        return Size.TOO_LONG
    if whole > length.long:
        return Size.LONG
    return Size.ROOM if whole < length.least else Size.GOOD
