"""Which questions a round asks: all of them first, then only those that are not yet right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from peer_xblocks.item import score


@dataclass(frozen=True, slots=True)
class Seen:
    """What a learner did with one item: the round of the newest answer, and of the first right one that counts."""

    last: int
    first_right: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands in a check. Rounds up to `begun` were taken back by staff and no longer count.

    `items` are the questions as the check holds them now; what was answered and since removed stays in `seen`.
    """

    items: tuple[str, ...]
    seen: Mapping[str, Seen] = field(default_factory=dict)
    begun: int = 0
    best: float | None = None
    passed: bool = False

    @property
    def round(self) -> int:
        """The round that is going on, from 1."""
        return max([self.begun + 1, *(each.last for each in self.seen.values())])

    @property
    def tried(self) -> bool:
        """Whether any answer counts."""
        return any(each.last > self.begun for each in self.seen.values())

    @property
    def right(self) -> tuple[str, ...]:
        """The items that were answered right, in the check's order."""
        return tuple(item for item in self.items if self._first_right(item) is not None)

    @property
    def asked(self) -> tuple[str, ...]:
        """What this round asks in all: what was not right before it began."""
        now = self.round
        return tuple(item for item in self.items if (first := self._first_right(item)) is None or first >= now)

    @property
    def open(self) -> tuple[str, ...]:
        """What this round still asks: what was not answered in it."""
        now = self.round
        return tuple(item for item in self.asked if self._last(item) < now)

    @property
    def again(self) -> tuple[str, ...]:
        """What is not yet right: the questions of the next round."""
        return tuple(item for item in self.items if self._first_right(item) is None)

    @property
    def share(self) -> float:
        """The part of the items that is right now."""
        return score.share(len(self.right), len(self.items))

    def round_of(self, item: str) -> int:
        """The round that an answer to `item` belongs to: a finished round begins the next for what is not yet right."""
        begins_next = not self.open and item in self.again and self._last(item) >= self.round
        return self.round + 1 if begins_next else self.round

    def after(self, item: str, right: bool) -> Standing:
        """The standing once `item` was answered."""
        now = self.round_of(item)
        first = self._first_right(item)
        seen = {**self.seen, item: Seen(now, first if first is not None or not right else now)}
        then = Standing(self.items, seen, self.begun, self.best, self.passed)
        return Standing(self.items, seen, self.begun, max(then.share, self.best or 0.0), self.passed)

    def _last(self, item: str) -> int:
        return self.seen[item].last if item in self.seen else 0

    def _first_right(self, item: str) -> int | None:
        return self.seen[item].first_right if item in self.seen else None
