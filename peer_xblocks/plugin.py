"""What every room that is a Django app shares: how it plugs into LMS and Studio, and how it reads settings."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings

from peer_xblocks.programme import Programme, load
from peer_xblocks.vault import Vault

PROJECTS = ("lms.djangoapp", "cms.djangoapp")


class PeerAppConfig(AppConfig):
    """A room as a Django app, registered under both plugin groups of the platform."""

    default_auto_field = "django.db.models.BigAutoField"


def plugs(room: str, *, urls: bool = False, settings_module: bool = False) -> dict[str, Any]:
    """The `plugin_app` of a room: its URLs under `/peer_xblocks/<room>/`, its `plugin_settings`."""
    plugged: dict[str, Any] = {}
    if urls:
        where = {"namespace": f"peer_{room}", "regex": f"^peer_xblocks/{room}/", "relative_path": "urls"}
        plugged["url_config"] = dict.fromkeys(PROJECTS, where)
    if settings_module:
        plugged["settings_config"] = {
            project: {"production": {"relative_path": "settings"}, "common": {"relative_path": "settings"}}
            for project in PROJECTS
        }
    return plugged


def setting(name: str, default: Any = None) -> Any:
    """One value of the `PEER_XBLOCKS` setting, a dictionary of the platform's Django settings."""
    return getattr(settings, "PEER_XBLOCKS", {}).get(name, default)


@lru_cache(maxsize=8)
def _loaded(name: str, changed: float) -> Programme:
    return load(name)


def programme() -> Programme:
    """The programme of this site: `PEER_XBLOCKS["PROGRAMME"]`, a name that we ship or a path of the operator's."""
    name = str(setting("PROGRAMME", "alabama"))
    path = Path(name)
    return _loaded(name, path.stat().st_mtime if path.is_file() else 0.0)


@cache
def _vault(keys: tuple[str, ...]) -> Vault:
    return Vault(keys)


def vault() -> Vault:
    """The vault of this site, with the keys of `PEER_XBLOCKS["VAULT_KEYS"]`, newest first."""
    return _vault(tuple(setting("VAULT_KEYS", ())))
