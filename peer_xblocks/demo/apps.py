"""The demo as a Django app: an XBlock runtime that behaves as the LMS and Studio do, on this machine only."""

from __future__ import annotations

import sys

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured

PLATFORMS = ("lms", "cms")


class DemoConfig(AppConfig):
    """Peer support: the local demonstration."""

    name = "peer_xblocks.demo"
    label = "peer_demo"
    verbose_name = "Peer support: local demonstration"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Refuses to start inside a real LMS or Studio, whose courses it would stand in for; then sets the clock."""
        found = [name for name in PLATFORMS if name in sys.modules]
        if found:
            raise ImproperlyConfigured(
                f"peer_xblocks.demo never runs inside {found[0]}; take it out of INSTALLED_APPS."
            )
