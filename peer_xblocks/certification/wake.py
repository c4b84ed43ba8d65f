"""Waking whoever delivers: Celery where the platform runs it, else the worker finds the row by itself.

Nothing depends on it: the schedule is in the row, and a lost wake-up costs one round of the worker.
"""

from __future__ import annotations

import logging

from django.db import transaction

from peer_xblocks.plugin import setting

try:
    from celery import current_app
except ImportError:  # a site without Celery runs `peer-xblocks worker`
    current_app = None

log = logging.getLogger(__name__)
TASK = "peer_xblocks.certification.deliver"


def poke() -> None:
    """Once the surrounding transaction is safe, asks for a delivery round. Never fails, never waits for a broker."""
    transaction.on_commit(_send)


def _send() -> None:
    if current_app is None or not setting("CELERY", True):
        return
    try:
        current_app.send_task(TASK, retry=False, ignore_result=True)
    except Exception:  # whatever a broker throws, the row is safe and will be found
        log.warning("No delivery round could be asked for; the worker will find the report.", exc_info=True)
