"""Telling other rooms what became true, inside the transaction that made it true."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError, transaction
from django.dispatch import Signal

log = logging.getLogger(__name__)


def tell(signal: Signal, **facts: Any) -> None:
    """Sends a signal. What another room cannot do must not take away what was credited: its sweep repeats it."""
    try:
        with transaction.atomic():
            signal.send(sender=None, **facts)
    except DatabaseError:
        raise
    except Exception:
        log.exception("Another room could not take part for learner %s; its sweep repeats it.", facts["learner"])
