"""The evidence behind a learner's minutes: intervals by day, what did not count and why, what was taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from peer_xblocks.hours.words import GRAIN, duration, read

OFFLINE = "offline"
WHY = {
    "late": "came too late",
    "ahead": "lay ahead of the server's clock",
    "unseen": "the server could not see the page",
    "elsewhere": "counted in another tab or on another device",
    "full": "the module had all its minutes",
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

    @property
    def length(self) -> str:
        """Its length in words."""
        return duration(self.seconds)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a learner as the cohort lives it."""

    date: date
    stretches: tuple[Stretch, ...]
    losses: tuple[str, ...]

    @property
    def counted(self) -> str:
        """What counts of this day, in words."""
        return duration(sum(each.seconds for each in self.stretches if not each.taken_back))


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
    lost: Counter[str] = Counter()
    for row in rows:
        lost.update({str(reason): seconds for reason, seconds in read(row.why).items()})
    lost["unseen"] -= sum(row.end - row.start for row in rows if row.kind == OFFLINE)
    told = tuple(f"{duration(lost[reason])}: {text}" for reason, text in WHY.items() if lost[reason] >= GRAIN)
    spans = sorted((row for row in rows if row.start < row.end), key=lambda row: row.start)
    return Day(day, tuple(_joined(_stretch(row, reversals, zone) for row in spans)), told)


def _stretch(row: Any, reversals: dict[int, str], zone: ZoneInfo) -> Stretch:
    begins, ends = (datetime.fromtimestamp(each, UTC).astimezone(zone) for each in (row.start, row.end))
    return Stretch(row.module, row.get_kind_display(), begins, ends, row.end - row.start, reversals.get(row.id, ""))


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
