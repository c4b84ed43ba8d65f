"""The demo as a Django app: an XBlock runtime that behaves as the LMS and Studio do, on this machine only."""

from __future__ import annotations

import sys
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from peer_xblocks.demo.clock import FileClock
from peer_xblocks.demo.lms import neighbours

PLATFORMS = ("lms", "cms")


class DemoConfig(AppConfig):
    """Peer support: the local demonstration."""

    name = "peer_xblocks.demo"
    label = "peer_demo"
    verbose_name = "Peer support: local demonstration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuses to start inside a real LMS or Studio, whose courses it would stand in for; then sets the clock."""
        for name in PLATFORMS:
            if name in sys.modules:
                raise ImproperlyConfigured(f"peer_xblocks.demo never runs inside {name}; uninstall it there.")
        neighbours.install()
        moved_by = getattr(settings, "PEER_DEMO", {}).get("CLOCK")
        if moved_by:
            FileClock(Path(moved_by)).install()
