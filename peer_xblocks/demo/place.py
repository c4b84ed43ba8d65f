"""The directory of one demo on this machine: its databases, secrets, clock and logs, and what its processes are told."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from peer_xblocks import vault
from peer_xblocks.wire.keys import SigningKey, new_signing_key

HOST = "127.0.0.1"
ISSUER = "demo"
SETTINGS = "peer_xblocks.demo.settings"


@dataclass(frozen=True)
class Secrets:
    """What only this demo knows; made once for each directory."""

    site: str
    site_vault: str
    site_signing: str
    salt: str
    registry: str
    registry_vault: str
    registry_signing: str

    @classmethod
    def fresh(cls) -> Secrets:
        """New secrets, each its own."""
        return cls(
            site=secrets.token_urlsafe(48),
            site_vault=vault.new_key(),
            site_signing=new_signing_key().text,
            salt=secrets.token_urlsafe(24),
            registry=secrets.token_urlsafe(48),
            registry_vault=vault.new_key(),
            registry_signing=new_signing_key().text,
        )


@dataclass(frozen=True)
class Place:
    """One demo: where its files are and on which ports it answers."""

    root: Path
    port: int = 8000

    @property
    def registry_port(self) -> int:
        """The registry's port: the next one after the site's."""
        return self.port + 1

    @property
    def address(self) -> str:
        """Where the site answers."""
        return f"http://{HOST}:{self.port}"

    @property
    def registry_address(self) -> str:
        """Where the registry answers."""
        return f"http://{HOST}:{self.registry_port}"

    @property
    def clock(self) -> Path:
        """The file that moves the clock of all processes."""
        return self.root / "clock.json"

    def log(self, name: str) -> Path:
        """Where one process writes its words."""
        return self.root / f"{name}.log"

    @cached_property
    def secrets(self) -> Secrets:
        """This demo's secrets, made and kept on first use."""
        kept = self.root / "secrets.json"
        if not kept.exists():
            self.root.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(json.dumps(asdict(Secrets.fresh())), encoding="utf-8")
        return Secrets(**json.loads(kept.read_text(encoding="utf-8")))

    def site_environment(self, base: Mapping[str, str] = os.environ) -> dict[str, str]:
        """What the site and the worker are told."""
        own = self.secrets
        return {
            **base,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PEER_DEMO_DATA": str(self.root),
            "PEER_DEMO_PORT": str(self.port),
            "PEER_DEMO_SECRET": own.site,
            "PEER_DEMO_VAULT_KEYS": own.site_vault,
            "PEER_DEMO_SIGNING_KEY": own.site_signing,
            "PEER_DEMO_MATCH_SALT": own.salt,
            "PEER_DEMO_REGISTRY": self.registry_address,
            "PEER_DEMO_REGISTRY_KEYS": public(own.registry_signing),
            "PEER_CLOCK_FILE": str(self.clock),
        }

    def registry_environment(self, base: Mapping[str, str] = os.environ) -> dict[str, str]:
        """What the registry is told; the site's secrets are not among it."""
        own = self.secrets
        return {
            **{name: value for name, value in base.items() if name != "DJANGO_SETTINGS_MODULE"},
            "PEER_REGISTRY_DATABASE": f"sqlite:{(self.root / 'registry.sqlite3').resolve()}",
            "PEER_REGISTRY_SECRET": own.registry,
            "PEER_REGISTRY_KEY": own.registry_signing,
            "PEER_REGISTRY_SENDERS": json.dumps({ISSUER: [public(own.site_signing)]}),
            "PEER_REGISTRY_VAULT_KEYS": own.registry_vault,
            "PEER_REGISTRY_MATCH_SALT": own.salt,
            "PEER_REGISTRY_HOSTS": f"{HOST},localhost",
            "PEER_REGISTRY_DEMO": "1",
            "PEER_REGISTRY_CLOCK": str(self.clock),
        }


def public(signing: str) -> str:
    """The public half of a signing key, as text."""
    return SigningKey.from_text(signing).public.text
