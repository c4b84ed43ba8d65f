"""The registry as a Django app of its own project; it is never installed into a learning platform."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from peer_xblocks import clock
from peer_xblocks.registry import database


class RegistryConfig(AppConfig):
    """Ledger, records and pages of a certification registry."""

    name = "peer_xblocks.registry"
    label = "peer_registry"
    verbose_name = "Certification registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Sets up database connections and, in a demonstration, the clock that its processes share."""
        database.listen()
        if settings.PEER_REGISTRY["CLOCK"]:
            clock.use(clock.from_file(Path(settings.PEER_REGISTRY["CLOCK"])))
