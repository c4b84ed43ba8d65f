"""A beat: what one open page says about the last seconds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from peer_xblocks.intervals import Intervals, Span
from peer_xblocks.refusal import Refusal

MOST_SEGMENTS = 64
MOST_SEQ = 2**31 - 1
LAST_SECOND = 2**40
UNREADABLE = "This page sent something we could not read. Reload it, and your time counts again."


@dataclass(frozen=True, slots=True)
class Beat:
    """The claim of one page: its lease's token, its running number, the seconds in which somebody was there."""

    token: str
    seq: int
    claimed: Intervals

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Beat:
        """The beat in a request; a `Refusal` for anything that is not one."""
        token, seq, segments = data.get("lease"), data.get("seq"), data.get("segments")
        if not isinstance(token, str) or not _whole(seq) or not isinstance(segments, list):
            raise Refusal(UNREADABLE)
        if len(segments) > MOST_SEGMENTS:
            raise Refusal(UNREADABLE, 413)
        return cls(token, seq, Intervals.union(_inside(_span(each)) for each in segments))


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_SEQ


def _span(value: Any) -> tuple[float, float]:
    if not isinstance(value, list) or len(value) != 2 or not all(_moment(each) for each in value):
        raise Refusal(UNREADABLE)
    start, end = value
    if end < start:
        raise Refusal(UNREADABLE)
    return start, end


def _moment(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LAST_SECOND


def _inside(span: tuple[float, float]) -> Span:
    """The whole seconds that lie fully inside a span."""
    start, end = math.ceil(span[0]), math.floor(span[1])
    return start, max(start, end)
