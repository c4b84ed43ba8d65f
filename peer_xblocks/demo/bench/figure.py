"""One figure of a benchmark, and how two things are timed fairly."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the output. `ours` and `peer` are in `unit`; `target` bounds their ratio or, without a peer, `ours`."""

    name: str
    ours: float
    unit: str
    target: float
    peer: float | None = None
    peer_name: str = ""
    at_least: bool = False

    @property
    def measured(self) -> float:
        """What the target bounds: the ratio where there is a peer, else the figure itself."""
        return self.ours / self.peer if self.peer else self.ours

    @property
    def ok(self) -> bool:
        """Whether the target is kept."""
        return self.measured >= self.target if self.at_least else self.measured <= self.target

    def cells(self) -> tuple[str, ...]:
        """The figure as the columns: name, ours, peer or limit, ratio, target, verdict."""
        peer = f"{_number(self.peer)} {self.unit} ({self.peer_name})" if self.peer else "–"
        ratio = f"{self.measured:.2f}" if self.peer else "–"
        bound = "≥" if self.at_least else "≤"
        target = f"{bound} {_number(self.target)}" + ("×" if self.peer else f" {self.unit}")
        if self.target == float("inf"):
            return (self.name, f"{_number(self.ours)} {self.unit}", peer, ratio, "for scale", "")
        return (self.name, f"{_number(self.ours)} {self.unit}", peer, ratio, target, "ok" if self.ok else "over")


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def paired(
    ours: Callable[[], object], peer: Callable[[], object], *, rounds: int, warm: int = 5
) -> tuple[float, float]:
    """The median milliseconds of two calls, taken in turn so that a slow spell of the machine hits both."""
    for _ in range(warm):
        ours()
        peer()
    mine, theirs = [], []
    for turn in range(rounds):
        first, second = (ours, peer) if turn % 2 else (peer, ours)
        times = {first: _milliseconds(first), second: _milliseconds(second)}
        mine.append(times[ours])
        theirs.append(times[peer])
    return statistics.median(mine), statistics.median(theirs)


def _milliseconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000
