"""The rooms as the platform's plugin loader would install them: apps, settings, addresses."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

GROUP = "lms.djangoapp"


def configs() -> list[str]:
    """The app configs of our rooms, in the order of their entry points' names."""
    found = {each.name: each.value for each in entry_points(group=GROUP) if each.value.startswith("peer_xblocks.")}
    return [found[name].replace(":", ".") for name in sorted(found)]


def addresses() -> Iterator[tuple[str, str, str]]:
    """(regex, module, namespace) of each installed room with addresses."""
    for config in apps.get_app_configs():
        where = getattr(config, "plugin_app", {}).get("url_config", {}).get(GROUP)
        if where:
            yield where["regex"], f"{config.name}.{where['relative_path']}", where["namespace"]


def configure(settings: Any) -> None:
    """Lets each room change the settings, `common` of all rooms first, then `production`, as the platform does."""
    plugged = [_plugged(path) for path in configs()]
    for kind in ("common", "production"):
        for home, plugin in plugged:
            where = plugin.get("settings_config", {}).get(GROUP, {}).get(kind)
            if where:
                import_module(f"{home}.{where['relative_path']}").plugin_settings(settings)


def _plugged(path: str) -> tuple[str, dict[str, Any]]:
    module, _, name = path.rpartition(".")
    config = getattr(import_module(module), name)
    if not hasattr(config, "plugin_app"):
        raise ImproperlyConfigured(f"{path} has no plugin_app.")
    return config.name, config.plugin_app
