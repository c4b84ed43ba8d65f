"""A lost line: which of the seconds that nobody could observe count on the learner's word and saved work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from peer_xblocks.hours.days import split
from peer_xblocks.intervals import Intervals


@dataclass(frozen=True, slots=True)
class Work:
    """An answer kept on the device: when it was given there, when the server got it."""

    at: int
    received: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch `[start, end)` between two answers of one lease, and what the page claims of it."""

    start: int
    end: int
    claimed: Intervals

    def shown_by(self, works: Iterable[Work]) -> bool:
        """Whether some work was done inside the gap and arrived after what is claimed of it."""
        last = self.claimed.spans[-1][1] if self.claimed else self.end
        return any(self.start <= work.at < self.end and work.received >= max(last, work.at) for work in works)


@dataclass(frozen=True, slots=True)
class Room:
    """How much may still count: of one gap, of each day (`used` seconds so far), of the module. All in seconds."""

    gap: int
    day: int
    used: Mapping[date, int]
    module: int


def attested(gap: Gap, works: Iterable[Work], taken: Intervals, room: Room, zone: ZoneInfo) -> Intervals:
    """The part of a gap that counts as offline: shown by saved work, not taken, and the earliest that has room."""
    if not gap.shown_by(works):
        return Intervals()
    fresh = (gap.claimed.clip(gap.start, gap.end) - taken).oldest(min(room.gap, room.module))
    kept = Intervals()
    for day, part in split(fresh, zone):
        kept |= part.oldest(room.day - room.used.get(day, 0))
    return kept
