"""Whether somebody may sit an exam now: attempts, days between them, months in which they fall, training before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

DAY = 86_400_000


class Why(StrEnum):
    """What stands in the way; YES where nothing does."""

    YES = "yes"
    OPEN = "open"
    PASSED = "passed"
    TRAINING = "training"
    WAIT = "wait"
    USED_UP = "used_up"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of the office. `attempts` None: as often as one likes, with nothing between (practice)."""

    attempts: int | None = None
    days_apart: int = 0
    within_months: int | None = None
    needs_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """One sitting before this one: begun and finished (ms since 1970; `finished` None while it is open)."""

    begun: int
    finished: int | None
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether to start now, as which attempt, how many are left with this one, and from when (ms) where one must wait."""

    why: Why
    number: int
    left: int | None = None
    since: int | None = None
    missing: int = 0

    @property
    def may(self) -> bool:
        """Whether a new sitting may start."""
        return self.why is Why.YES


def read(fact: Mapping[str, Any], needs_minutes: int = 0) -> Policy:
    """The policy of a programme's `exam_retakes` fact."""
    return Policy(
        attempts=fact.get("attempts"),
        days_apart=int(fact.get("days_apart", 0)),
        within_months=fact.get("within_months"),
        needs_seconds=needs_minutes * 60,
    )


def standing(policy: Policy, past: Sequence[Past], *, now: int, trained: int = 0) -> Standing:
    """Where somebody stands. `past` are the sittings that count (not the void ones), `trained` the seconds of training."""
    number = len(past) + 1
    left = None if policy.attempts is None else max(0, policy.attempts - len(past))
    if any(each.finished is None for each in past):
        return Standing(Why.OPEN, len(past), left)
    if policy.attempts is not None and any(each.passed for each in past):
        return Standing(Why.PASSED, number, left)
    if trained < policy.needs_seconds:
        return Standing(Why.TRAINING, number, left, missing=policy.needs_seconds - trained)
    if left == 0:
        return Standing(Why.USED_UP, number, 0)
    return _in_time(policy, past, now, Standing(Why.YES, number, left))


def _in_time(policy: Policy, past: Sequence[Past], now: int, found: Standing) -> Standing:
    if not past:
        return found
    since = max(each.finished or 0 for each in past) + policy.days_apart * DAY
    if policy.within_months is not None:
        ends = months_after(min(each.begun for each in past), policy.within_months)
        if max(now, since) >= ends:
            return Standing(Why.WINDOW, found.number, found.left)
    return found if now >= since else Standing(Why.WAIT, found.number, found.left, since)


def months_after(moment: int, months: int) -> int:
    """The same time of day, months later, on the same day of the month or its last; ms since 1970, in UTC.

    >>> datetime.fromtimestamp(months_after(1_772_323_200_000, 12) / 1000, UTC).date().isoformat()
    '2027-03-01'
    """
    at = datetime.fromtimestamp(moment / 1000, UTC)
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    following = datetime(year + (month == 11), (month + 1) % 12 + 1, 1, tzinfo=UTC)
    day = min(at.day, (following - timedelta(days=1)).day)
    return int(at.replace(year=year, month=month + 1, day=day).timestamp() * 1000)
