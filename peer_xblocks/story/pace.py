"""How fast a person speaks: words into seconds, measured from their own reading aloud and never from anybody else's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peer_xblocks.story.plan import DEFAULT_PACE, MINUTE

SLOWEST, FASTEST = 50, 260
"""Words a minute outside of which something else than speaking was timed."""
FEWEST_WORDS = 40
SHORTEST = 20
LATEST = 3

_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text of so many words, read aloud in so many seconds."""

    words: int
    seconds: int

    @property
    def pace(self) -> float:
        """Words a minute."""
        return self.words * MINUTE / self.seconds if self.seconds else 0.0

    @property
    def usable(self) -> bool:
        """Whether it is long enough, and a speed at which people speak."""
        long_enough = self.words >= FEWEST_WORDS and self.seconds >= SHORTEST
        return long_enough and SLOWEST <= self.pace <= FASTEST


@dataclass(frozen=True, slots=True)
class Pace:
    """Words a minute, and whether they were measured or are an assumption."""

    words: int = DEFAULT_PACE
    measured: bool = False


def measured(readings: Sequence[Reading]) -> Pace:
    """The pace over the latest usable readings (oldest first), weighed by their length; the assumption without one.

    >>> measured([Reading(200, 120)])
    Pace(words=100, measured=True)
    """
    usable = [each for each in readings if each.usable][-LATEST:]
    if not usable:
        return Pace()
    both = Reading(sum(each.words for each in usable), sum(each.seconds for each in usable))
    return Pace(round(both.pace), measured=True)


def count(text: str) -> int:
    """The words of a text: what stands between spaces and holds a letter or a digit.

    >>> count("I got up – and called.")
    5
    """
    return sum(1 for each in text.split() if _WORD.search(each))


def seconds(words: int, pace: float) -> int:
    """How long so many words take at `pace` words a minute, in whole seconds."""
    return round(words * MINUTE / pace)


def total(texts: Iterable[str]) -> int:
    """The words of several texts."""
    return sum(count(each) for each in texts)
