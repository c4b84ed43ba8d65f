"""One attempt at an exam as a state machine with a clock: when it ends, what may still be answered, who may do what.

All times are whole milliseconds, absolute ones since 1970 (UTC). Every change is a new value with `version` + 1; the
record takes it only where state and version are still those it was made from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from peer_xblocks.refusal import Clash

MINUTE = 60_000
PERCENTS = range(100, 401)
MOST_MINUTES = 24 * 60


class State(StrEnum):
    """Where a sitting is."""

    CREATED = "created"
    STARTED = "started"
    PAUSED = "paused"
    SUBMITTED = "submitted"
    TIMED_OUT = "timed_out"
    VOIDED = "voided"


OPEN = frozenset({State.CREATED, State.STARTED, State.PAUSED})
DONE = frozenset({State.SUBMITTED, State.TIMED_OUT})


class Word(StrEnum):
    """What becomes of an answer that arrives now."""

    COUNTS = "counts"
    LATE = "late"


class NotNow(Clash):
    """A change that the sitting's state does not allow."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """The clock and the state. `limit` is everybody's time; `percent` (100 = as it is), `extra` and `outage` add to it.

    `paused` is the sum of pauses that are over, `paused_at` the beginning of the one that runs, `close` when the exam
    closes for this learner, `grace` how long after the deadline an answer on its way still counts.
    """

    limit: int
    grace: int
    state: State = State.CREATED
    version: int = 0
    deadline_version: int = 0
    percent: int = 100
    extra: int = 0
    outage: int = 0
    started: int | None = None
    paused: int = 0
    paused_at: int | None = None
    close: int | None = None
    finished: int | None = None

    @property
    def allowed(self) -> int:
        """The working time of this learner."""
        return self.limit * self.percent // 100 + self.extra + self.outage

    def used(self, now: int) -> int:
        """The working time that has gone: none before the start, none while paused, none after the end."""
        if self.started is None:
            return 0
        until = next(each for each in (self.finished, self.paused_at, now) if each is not None)
        return max(0, until - self.started - self.paused)

    def remaining(self, now: int) -> int:
        """The working time that is left, were there no closing time; below zero once it is over."""
        return self.allowed - self.used(now)

    def deadline(self, now: int) -> int | None:
        """When it ends if nothing else happens; None before the start. While paused it moves along with `now`."""
        if self.started is None:
            return None
        resting = now - self.paused_at if self.paused_at is not None else 0
        end = self.started + self.allowed + self.paused + resting
        return end if self.close is None else min(end, self.close)

    def over(self, now: int) -> bool:
        """Whether nothing that arrives now can count any more, so that it may be closed."""
        end = self.deadline(now)
        return self.state in (State.STARTED, State.PAUSED) and end is not None and now > end + self.grace

    def word(self, now: int) -> Word:
        """What becomes of an answer received now. A pause stops answers, too, but for those on their way."""
        if self.state is State.STARTED:
            return Word.LATE if self.over(now) else Word.COUNTS
        resting = self.state is State.PAUSED and not self.over(now)
        return Word.COUNTS if resting and now <= (self.paused_at or 0) + self.grace else Word.LATE


def start(sitting: Sitting, now: int) -> Sitting:
    """Begins the time. `NotNow` where the exam has closed for this learner."""
    _demand(sitting, State.CREATED)
    if sitting.close is not None and now >= sitting.close:
        raise NotNow("This exam is closed. Ask your trainer or the exam officer what is possible.")
    return _next(sitting, state=State.STARTED, started=now)


def pause(sitting: Sitting, now: int) -> Sitting:
    """Stops the time."""
    _demand(sitting, State.STARTED)
    _demand_time(sitting, now)
    return _next(sitting, state=State.PAUSED, paused_at=now)


def resume(sitting: Sitting, now: int) -> Sitting:
    """Lets the time go on; what was left at the pause is left now, to the millisecond."""
    _demand(sitting, State.PAUSED)
    _demand_time(sitting, now)
    rest = now - (sitting.paused_at or now)
    return _next(sitting, state=State.STARTED, paused=sitting.paused + max(0, rest), paused_at=None)


def allow(sitting: Sitting, *, percent: int, minutes: int) -> Sitting:
    """Sets this learner's multiplier (percent, 100 = as it is) and extra minutes, also while the time runs."""
    _demand(sitting, *OPEN)
    if percent not in PERCENTS or not 0 <= minutes <= MOST_MINUTES:
        raise NotNow(f"Give 100 to {PERCENTS[-1]} percent of the time, and 0 to {MOST_MINUTES} extra minutes.")
    return _next(sitting, percent=percent, extra=minutes * MINUTE)


def make_good(sitting: Sitting, lost: int) -> Sitting:
    """Gives back `lost` milliseconds of an outage, on top of what was given before."""
    _demand(sitting, State.STARTED, State.PAUSED)
    return _next(sitting, outage=sitting.outage + lost)


def extend(sitting: Sitting, close: int | None) -> Sitting:
    """Moves the closing time of this learner; None takes it away."""
    _demand(sitting, *OPEN)
    return _next(sitting, close=close)


def submit(sitting: Sitting, now: int) -> Sitting:
    """Hands in. What arrives after the grace is a time-out: its end is the deadline, not the moment it was noticed."""
    if sitting.over(now):
        return time_out(sitting, now)
    _demand(sitting, State.STARTED)
    return _closed(sitting, State.SUBMITTED, now)


def time_out(sitting: Sitting, now: int) -> Sitting:
    """Closes what the learner left; finished at the deadline."""
    if not sitting.over(now):
        raise NotNow("There is still time left in this sitting.")
    end = sitting.deadline(now) or now
    # A pause that outlasts the closing time ends with it.
    return _closed(sitting, State.TIMED_OUT, max(end, sitting.started or end))


def void(sitting: Sitting, now: int) -> Sitting:
    """Makes it count for nothing, as if it had not been sat; every record stays."""
    if sitting.state is State.VOIDED:
        raise NotNow("This sitting is void already.")
    return _closed(sitting, State.VOIDED, now if sitting.finished is None else sitting.finished)


def _closed(sitting: Sitting, state: State, end: int) -> Sitting:
    rest = max(0, end - sitting.paused_at) if sitting.paused_at is not None else 0
    return replace(
        sitting, state=state, version=sitting.version + 1, paused=sitting.paused + rest, paused_at=None, finished=end
    )


def _next(sitting: Sitting, **changes: object) -> Sitting:
    """A change that moves the deadline or may have moved it."""
    numbers = {"version": sitting.version + 1, "deadline_version": sitting.deadline_version + 1}
    return replace(sitting, **numbers, **changes)  # type: ignore[arg-type]


def _demand(sitting: Sitting, *states: State) -> None:
    if sitting.state not in states:
        raise NotNow(SAID[sitting.state])


def _demand_time(sitting: Sitting, now: int) -> None:
    if sitting.over(now):
        raise NotNow("The time of this sitting is over.")


SAID = {
    State.CREATED: "This sitting has not begun yet.",
    State.STARTED: "This sitting is running. Pause it first, or wait until it is handed in.",
    State.PAUSED: "This exam is paused. Your answers are kept; it goes on when the exam officer says so.",
    State.SUBMITTED: "This exam was handed in already. Your answers are saved.",
    State.TIMED_OUT: "The time of this exam is over. What you had answered was handed in for you.",
    State.VOIDED: "This sitting does not count any more. Ask your trainer what comes next.",
}
