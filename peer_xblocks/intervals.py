"""Sets of seconds: half-open spans of whole Unix seconds, kept sorted and apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Intervals:
    """An immutable set of seconds, held as disjoint `[start, end)` spans in rising order.

    >>> Intervals.of((0, 10), (5, 20)).seconds
    20
    """

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, *spans: Span) -> Intervals:
        """The union of `spans`; a span that ends before it starts is a ValueError, an empty one is dropped."""
        return cls.union(spans)

    @classmethod
    def union(cls, spans: Iterable[Span]) -> Intervals:
        """The union of any number of spans, touching ones joined."""
        joined: list[Span] = []
        for start, end in sorted(spans):
            if end < start:
                raise ValueError(f"a span cannot end before it starts: [{start}, {end})")
            if start == end:
                continue
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        return cls(tuple(joined))

    @property
    def seconds(self) -> int:
        """How many seconds the set holds."""
        return sum(end - start for start, end in self.spans)

    def __iter__(self) -> Iterator[Span]:
        return iter(self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __or__(self, other: Intervals) -> Intervals:
        return Intervals.union((*self.spans, *other.spans))

    def __and__(self, other: Intervals) -> Intervals:
        kept = (
            (max(start, low), min(end, high))
            for start, end in self.spans
            for low, high in other.spans
            if max(start, low) < min(end, high)
        )
        return Intervals.union(kept)

    def __sub__(self, other: Intervals) -> Intervals:
        left = list(self.spans)
        for low, high in other.spans:
            left = [part for span in left for part in _without(span, low, high)]
        return Intervals(tuple(left))

    def clip(self, start: int, end: int) -> Intervals:
        """What lies in `[start, end)`; nothing where `end` is not after `start`."""
        return self & Intervals.of((start, end)) if end > start else Intervals()

    def newest(self, most: int) -> Intervals:
        """The latest `most` seconds of the set, whatever lies between them."""
        kept: list[Span] = []
        for start, end in reversed(self.spans):
            if most <= 0:
                break
            kept.append((max(start, end - most), end))
            most -= end - start
        return Intervals.union(kept)

    def oldest(self, most: int) -> Intervals:
        """The earliest `most` seconds of the set."""
        return self - self.newest(self.seconds - max(most, 0))


def _without(span: Span, low: int, high: int) -> list[Span]:
    start, end = span
    parts = [(start, min(end, low)), (max(start, high), end)]
    return [part for part in parts if part[0] < part[1]]
