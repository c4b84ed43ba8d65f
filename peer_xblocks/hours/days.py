"""Days as the cohort lives them: from its own midnight to the next, 23 to 25 hours long."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from peer_xblocks.intervals import Intervals


def day_of(second: int, zone: ZoneInfo) -> date:
    """The cohort's date at a Unix second."""
    return datetime.fromtimestamp(second, UTC).astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo) -> int:
    """The Unix second at which the cohort's day begins."""
    return int(datetime.combine(day, time(), zone).timestamp())


def split(spans: Intervals, zone: ZoneInfo) -> list[tuple[date, Intervals]]:
    """`spans` by the cohort's day, in rising order, no day without seconds."""
    found: dict[date, Intervals] = {}
    for start, end in spans:
        day = day_of(start, zone)
        while start < end:
            midnight = start_of(day + timedelta(days=1), zone)
            found[day] = found.get(day, Intervals()) | Intervals.of((start, min(end, midnight)))
            start, day = midnight, day + timedelta(days=1)
    return sorted((day, part) for day, part in found.items() if part)
