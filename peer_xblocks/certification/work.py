"""The worker's round: deliver what is due, and now and then sweep and compare with the registry."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import DatabaseError, close_old_connections

from peer_xblocks import clock
from peer_xblocks.certification import comparisons, delivery, sweep
from peer_xblocks.exam import sweep as exams
from peer_xblocks.hours import digests

log = logging.getLogger(__name__)

LIMIT = 100
#: Seconds between two rounds without work, between two sweeps, and after a round that found the registry down.
IDLE, SWEEP, DOWN = 1.0, 30.0, 5.0


@dataclass
class Worker:
    """Runs rounds until it is told to stop; the round that is under way is always finished."""

    sleep: Callable[[float], object] = time.sleep
    ticks: Callable[[], float] = time.monotonic
    refresh: Callable[[], object] = close_old_connections
    stopping: bool = False
    _swept: float = field(default=float("-inf"))

    def stop(self, *_signal: object) -> None:
        """Ends after the present round; fit to be a signal's handler."""
        self.stopping = True

    def run(self) -> None:
        """Rounds until stopped. A database that is away for a while only makes it wait."""
        while not self.stopping:
            pause = self._calm_round()
            if pause and not self.stopping:
                self.sleep(pause)

    def round(self) -> float:
        """One round; how long to wait before the next."""
        if self.ticks() - self._swept >= SWEEP:
            exams.sweep()
            sweep.sweep()
            digests.seal(clock.now())
            comparisons.compare_due()
            self._swept = self.ticks()
        done = delivery.deliver_due(LIMIT)
        if done.down:
            return DOWN
        return 0.0 if done.sent >= LIMIT else IDLE

    def _calm_round(self) -> float:
        self.refresh()
        try:
            return self.round()
        except DatabaseError:
            log.exception("The database did not answer; the next round tries again.")
            return DOWN
