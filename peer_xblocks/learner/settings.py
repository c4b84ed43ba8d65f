"""Settings that the platform takes from us."""

from typing import Any


def plugin_settings(settings: Any) -> None:
    """Gives the platform a `PEER_XBLOCKS` dictionary to be filled by the operator."""
    if not hasattr(settings, "PEER_XBLOCKS"):
        settings.PEER_XBLOCKS = {}
