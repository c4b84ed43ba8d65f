"""The daily digest of a learner's ledger: each covers its entries and the digest before it."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from peer_xblocks import chain
from peer_xblocks.hours.days import day_of, start_of

#: The method of counting that these digests vouch for; a change of the rules of credit gets a new number.
METHOD = 1

Line = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Sealed:
    """One digest: the day its entries were written, the first and last of them, and the link."""

    day: date
    first: int
    last: int
    previous: str
    link: str


def body(learner: str, day: date, lines: Iterable[Line]) -> bytes:
    """What a digest covers, in the canonical form of RFC 8785 for these values (whole numbers, plain keys)."""
    covered = {"day": day.isoformat(), "learner": learner, "lines": [list(line) for line in lines], "method": METHOD}
    return json.dumps(covered, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def seal(learner: str, lines: Sequence[Line], previous: str, *, today: date, zone: ZoneInfo) -> Iterator[Sealed]:
    """Digests for the days that are over, of `lines` in the order they were written.

    A line begins with its number and the Unix second it was written. Where the clock was set back, a day may come twice.
    """
    for day, group in groupby(_over(lines, start_of(today, zone)), key=lambda line: day_of(line[1], zone)):
        covered = list(group)
        link = chain.link(previous, body(learner, day, covered))
        yield Sealed(day, covered[0][0], covered[-1][0], previous, link)
        previous = link


def _over(lines: Sequence[Line], midnight: int) -> Iterator[Line]:
    """The lines before the first that was written today, so that digests follow each other without a hole."""
    for line in lines:
        if line[1] >= midnight:
            return
        yield line


def first_break(learner: str, sealed: Sequence[Sealed], lines: Sequence[Line]) -> int | None:
    """The position of the first digest that no longer fits its lines or the digest before it; None where all fit."""
    links, begin = [], 0
    for position, each in enumerate(sealed):
        end = bisect_right(lines, each.last, key=itemgetter(0))
        covered = lines[begin:end]
        if not covered or (covered[0][0], covered[-1][0]) != (each.first, each.last):
            return position
        links.append((each.previous, each.link, body(learner, each.day, covered)))
        begin = end
    return chain.first_break(links)
