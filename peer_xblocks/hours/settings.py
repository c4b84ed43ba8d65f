"""Settings that the platform takes from us."""

from typing import Any


def plugin_settings(settings: Any) -> None:
    """Nothing yet."""
