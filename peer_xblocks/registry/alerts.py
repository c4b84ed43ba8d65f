"""What a registrar should look into."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from peer_xblocks import clock
from peer_xblocks.registry.models import Alert, Line


def note(kind: str, sender: str, subject: str, *, detail: str = "", line: Line | None = None) -> None:
    """Keeps an alert; the same again raises its count and opens it anew."""
    now = clock.now()
    with transaction.atomic():
        same = {"kind": kind, "sender": sender, "subject": subject[:160]}
        again = {"times": F("times") + 1, "last_at": now, "closed_at": None, "closed_by": None}
        if not Alert.objects.filter(**same).update(**again):
            Alert.objects.get_or_create(
                **same, defaults={"detail": detail[:500], "line": line, "first_at": now, "last_at": now}
            )
