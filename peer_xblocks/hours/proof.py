"""The evidence behind a learner's minutes: intervals by day, what did not count and why, what was taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from peer_xblocks.hours.credit import Losses, Reason
from peer_xblocks.hours.words import GRAIN, duration, read

OFFLINE = "offline"
WHY = {
    Reason.LATE: "came too late",
    Reason.AHEAD: "lay ahead of the server's clock",
    Reason.UNSEEN: "the server could not see the page",
    Reason.ELSEWHERE: "counted in another tab or on another device",
    Reason.FULL: "the module had all its minutes",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Contact time without a break. `taken_back` is why it no longer counts, empty where it does."""

    module: str
    kind: str
    begins: datetime
    ends: datetime
    seconds: int
    taken_back: str = ""
    offline: bool = False

    @property
    def length(self) -> str:
        """Its length in words."""
        return duration(self.seconds)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a learner as the cohort lives it; `lost` is what did not count, in seconds by reason."""

    date: date
    stretches: tuple[Stretch, ...]
    lost: Losses

    @property
    def seconds(self) -> int:
        """What counts of this day."""
        return sum(each.seconds for each in self.stretches if not each.taken_back)

    @property
    def counted(self) -> str:
        """The same in words."""
        return duration(self.seconds)

    @property
    def losses(self) -> list[str]:
        """What did not count, a few words for each reason that matters."""
        return [f"{duration(seconds)}: {WHY[reason]}" for reason, seconds in self.lost.items() if seconds >= GRAIN]


def days_of(entries: Iterable[Any], zone: ZoneInfo) -> list[Day]:
    """The ledger's entries of one learner as days, newest first."""
    rows = list(entries)
    reversals = {row.reverses_id: row.reason or "reversed" for row in rows if row.reverses_id}
    by_day: dict[date, list[Any]] = {}
    for row in rows:
        if not row.reverses_id:
            by_day.setdefault(row.day, []).append(row)
    return [_day(day, by_day[day], reversals, zone) for day in sorted(by_day, reverse=True)]


def _day(day: date, rows: Sequence[Any], reversals: dict[int, str], zone: ZoneInfo) -> Day:
    lost: Counter[Reason] = Counter()
    for row in rows:
        lost.update(read(row.why))
    lost[Reason.UNSEEN] -= sum(row.end - row.start for row in rows if row.kind == OFFLINE)
    spans = sorted((row for row in rows if row.start < row.end), key=lambda row: row.start)
    stretches = _joined(_stretch(row, reversals, zone) for row in spans)
    return Day(day, tuple(stretches), {reason: lost[reason] for reason in WHY if lost[reason] > 0})


def _stretch(row: Any, reversals: dict[int, str], zone: ZoneInfo) -> Stretch:
    begins, ends = (datetime.fromtimestamp(each, UTC).astimezone(zone) for each in (row.start, row.end))
    back, offline = reversals.get(row.id, ""), row.kind == OFFLINE
    return Stretch(row.module, row.get_kind_display(), begins, ends, row.end - row.start, back, offline)


def _joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches that touch and say the same, as one."""
    joined: list[Stretch] = []
    for each in stretches:
        last = joined[-1] if joined else None
        if last and last.ends.timestamp() == each.begins.timestamp() and _same(last, each):
            joined[-1] = replace(last, ends=each.ends, seconds=last.seconds + each.seconds)
        else:
            joined.append(each)
    return joined


def _same(one: Stretch, other: Stretch) -> bool:
    return (one.module, one.kind, one.taken_back) == (other.module, other.kind, other.taken_back)
