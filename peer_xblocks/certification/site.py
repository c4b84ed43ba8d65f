"""This site as a reporter, from its settings: who it is, where the registry is, which keys hold."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from peer_xblocks.certification.report import Site
from peer_xblocks.plugin import programme, setting
from peer_xblocks.wire.keys import KeyRefused, PublicKey, SigningKey

REPORTS = "/v1/completions"


class NotSetUp(Exception):
    """A setting is missing or cannot be used; says which, in a sentence for staff."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The registry that this site reports to."""

    url: str
    key: SigningKey
    keys: tuple[PublicKey, ...]

    def at(self, path: str) -> str:
        """The address of `path` there. `url` may name the site, or the place where reports go."""
        return self.url.rstrip("/").removesuffix(REPORTS) + path


def site() -> Site:
    """Who reports. The issuer may still be empty; a report is not finished before it is set."""
    rules = programme()
    return Site(str(setting("ISSUER", "")), rules.code, rules.live)


def issuer_and_salt() -> tuple[str, str]:
    """What a report needs beside the person; raises `NotSetUp`."""
    issuer, salt = str(setting("ISSUER", "")), str(setting("MATCH_SALT", ""))
    if not issuer or not salt:
        raise NotSetUp("Set ISSUER and MATCH_SALT in PEER_XBLOCKS; reports wait until then.")
    return issuer, salt


def registry() -> Registry:
    """Where reports go; raises `NotSetUp`."""
    url, key, keys = setting("REGISTRY_URL", ""), setting("SIGNING_KEY", ""), setting("REGISTRY_KEYS", ())
    if not (url and key and keys):
        raise NotSetUp("Set REGISTRY_URL, SIGNING_KEY and REGISTRY_KEYS in PEER_XBLOCKS; reports wait until then.")
    _demand_private(str(url))
    try:
        return Registry(str(url), SigningKey.from_text(key), tuple(PublicKey.from_text(each) for each in keys))
    except KeyRefused as refused:
        raise NotSetUp(f"A key in PEER_XBLOCKS cannot be used: {refused}") from refused


def _demand_private(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and _loopback(parts.hostname or "")):
        return
    raise NotSetUp("REGISTRY_URL must start with https://, because reports carry names.")


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
