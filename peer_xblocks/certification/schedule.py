"""When a report is sent again: the schedule of Standard Webhooks, then daily for ever, spread by full jitter."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MINUTE, HOUR, DAY = 60, 3600, 86400
STEPS = (0, 5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, DAY)
SOONEST = 1


def step(attempts: int) -> int:
    """The longest wait, in seconds, after that many attempts.

    >>> [step(n) for n in (0, 1, 2, 9, 100)]
    [0, 5, 300, 86400, 86400]
    """
    return STEPS[min(attempts, len(STEPS) - 1)]


def wait(attempts: int, chance: float) -> int:
    """How many seconds to wait after that many attempts; `chance` (0.0 to 1.0) picks the point within the step."""
    return max(SOONEST, round(step(attempts) * chance)) if attempts else 0


def asked_wait(header: str | None, now: datetime) -> int | None:
    """The wait that a `Retry-After` header asks for, in seconds or until a date; at most a day, None where it says nothing."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:12]), DAY)
    moment = _date(text)
    return None if moment is None else min(max(0, int((moment - now).total_seconds()) + 1), DAY)


def polite_wait(asked: int, chance: float) -> int:
    """A wait that was asked for, and a little more, so that not everybody comes back in the same second."""
    return asked + round(min(asked / 10, MINUTE) * chance)


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
