"""Which of the seconds a page claims may count, given what the server itself saw."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from peer_xblocks.intervals import Intervals


class Reason(StrEnum):
    """Why some claimed seconds did not count."""

    OPENED = "opened"
    LATE = "late"
    AHEAD = "ahead"
    UNSEEN = "unseen"
    ELSEWHERE = "elsewhere"
    FULL = "full"


Losses = dict[Reason, int]


@dataclass(frozen=True, slots=True)
class Known:
    """What the server holds when a beat arrives.

    `answered` is the second up to which this lease has its answer, None before its first beat; `taken` is what the
    learner already has in any module, tab or device; `total` and `planned` are the seconds of this module.
    """

    answered: int | None
    taken: Intervals
    total: int
    planned: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a beat earned: the seconds, the new mark of the lease, what was lost and why, what nobody could observe."""

    credit: Intervals
    answered: int
    why: Losses
    unobserved: Intervals = Intervals()


def credit(claimed: Intervals, known: Known, *, now: int, beat: int) -> Outcome:
    """The part of `claimed` that counts.

    Only what lies between the lease's last answer and `now` can be true; at most two beats of it, the newest first, are
    believed; what is already taken anywhere never counts twice; and a module never gets more than it plans.

    >>> credit(Intervals.of((0, 40)), Known(5, Intervals(), 0, 900), now=35, beat=15).credit
    Intervals(spans=((5, 35),))
    """
    if known.answered is None:
        return Outcome(Intervals(), now, {Reason.OPENED: 0})
    window = claimed.clip(known.answered, now)
    believed = window.newest(2 * beat)
    fresh = believed - known.taken
    counted = fresh.oldest(known.planned - known.total)
    unobserved = window - believed - known.taken
    lost = {
        Reason.LATE: (claimed - _from(claimed, known.answered) - known.taken).seconds,
        Reason.AHEAD: _from(claimed, max(now, known.answered)).seconds,
        Reason.UNSEEN: unobserved.seconds,
        Reason.ELSEWHERE: believed.seconds - fresh.seconds,
        Reason.FULL: fresh.seconds - counted.seconds,
    }
    why = {reason: seconds for reason, seconds in lost.items() if seconds > 0}
    return Outcome(counted, _mark(window, known.answered, now, beat), why, unobserved)


def settles(outcome: Outcome, known: Known, *, now: int, beat: int) -> bool:
    """Whether an outcome is written down.

    Credit is, a lease's first beat, and time that saved work may still show. A beat that brought none of these moves
    the lease's mark once in two beats: as only the two newest are believed, nobody loses a second by what is left out.
    """
    if known.answered is None or outcome.credit or outcome.unobserved:
        return True
    return now - known.answered >= 2 * beat


def _from(claimed: Intervals, start: int) -> Intervals:
    last = claimed.spans[-1][1] if claimed else start
    return claimed.clip(start, last)


def _mark(window: Intervals, answered: int, now: int, beat: int) -> int:
    """Up to where the lease is answered now: never back, and seconds that are under way stay open.

    A claim may travel for a beat; so a slow line loses nothing between two beats.
    """
    end = window.spans[-1][1] if window else now
    return max(answered, end if end >= now - beat else now)
