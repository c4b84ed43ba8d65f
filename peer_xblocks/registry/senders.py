"""The course sites that may report, and the keys on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings

from peer_xblocks.wire.keys import PublicKey, SigningKey


@dataclass(frozen=True, slots=True)
class Senders:
    """Which site each public key belongs to; a site has several keys while one is being replaced."""

    by_key: dict[PublicKey, str]

    @property
    def keys(self) -> tuple[PublicKey, ...]:
        """Every key that may sign a report."""
        return tuple(self.by_key)

    def of(self, key: PublicKey) -> str:
        """The site whose key this is."""
        return self.by_key[key]


@cache
def _senders(named: tuple[tuple[str, tuple[str, ...]], ...]) -> Senders:
    found: dict[PublicKey, str] = {}
    for site, texts in named:
        for key in map(PublicKey.from_text, texts):
            if found.setdefault(key, site) != site:
                raise ValueError(f"PEER_REGISTRY_SENDERS gives {site} a key of {found[key]}; each site needs its own.")
    return Senders(found)


def senders() -> Senders:
    """The sites of `PEER_REGISTRY_SENDERS`."""
    named = settings.PEER_REGISTRY["SENDERS"]
    return _senders(tuple((site, tuple(keys)) for site, keys in sorted(named.items())))


@cache
def _signing_key(text: str) -> SigningKey:
    return SigningKey.from_text(text)


def signing_key() -> SigningKey:
    """The key that signs receipts, of `PEER_REGISTRY_KEY`."""
    return _signing_key(settings.PEER_REGISTRY["KEY"])


def receipt_keys() -> list[PublicKey]:
    """Every key that has signed receipts of this ledger: the present one and `PEER_REGISTRY_OLD_KEYS`."""
    old = [PublicKey.from_text(text) for text in settings.PEER_REGISTRY["OLD_KEYS"]]
    return [signing_key().public, *old]
