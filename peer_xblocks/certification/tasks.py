"""The same rounds as Celery tasks, where the platform runs Celery; it imports this file by its name."""

from __future__ import annotations

from peer_xblocks.certification import comparisons, delivery, sweep, wake

ROUND = 100


def deliver() -> int:
    """One delivery round; how many reports were received."""
    return delivery.deliver_due(ROUND).delivered


def tidy() -> None:
    """One sweep, and what is due of comparing with the registry; for a beat schedule."""
    sweep.sweep()
    comparisons.compare_due()


if wake.current_app is not None:
    deliver = wake.current_app.task(name=wake.TASK, ignore_result=True)(deliver)
    tidy = wake.current_app.task(name="peer_xblocks.certification.sweep", ignore_result=True)(tidy)
