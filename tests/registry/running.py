"""A registry that really runs: its own process, its own port, a database on disk."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import requests

from peer_xblocks.vault import new_key
from peer_xblocks.wire import webhook
from peer_xblocks.wire.canonical import canonical
from peer_xblocks.wire.keys import SigningKey, new_signing_key
from tests.registry.reports import ADDRESS, Site

COMMAND = [sys.executable, "-c", "from peer_xblocks.cli import main; main()", "registry"]
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """One registry and the course site it knows."""

    database: str
    folder: Path
    site: Site
    demo: bool = False

    def __post_init__(self) -> None:
        self.key = new_signing_key()
        self.port = free_port()
        self.process: subprocess.Popen | None = None
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PEER_")} | {
            "PYTHONPATH": str(ROOT),
            "PEER_REGISTRY_DATABASE": self.database,
            "PEER_REGISTRY_SECRET": "a secret for tests only",
            "PEER_REGISTRY_KEY": self.key.text,
            "PEER_REGISTRY_VAULT_KEYS": new_key(),
            "PEER_REGISTRY_SENDERS": json.dumps({self.site.issuer: [self.site.key.public.text]}),
            "PEER_REGISTRY_DEMO": "1" if self.demo else "",
            "PEER_REGISTRY_DEMO_PASSWORD": "a long enough password",
        }

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *words: str) -> subprocess.CompletedProcess:
        """Runs one of its commands to its end."""
        return subprocess.run(
            [*COMMAND, *words], env=self.environment, capture_output=True, text=True, timeout=240, check=False
        )

    def start(self, *, script: str | None = None) -> None:
        """Starts serving and waits until it answers; `script` is Python that serves in its own way."""
        words = [sys.executable, "-c", script, str(self.port)] if script else [*COMMAND, "serve", f"--port={self.port}"]
        with (self.folder / "registry.log").open("ab") as log:
            self.process = subprocess.Popen(words, env=self.environment, stdout=log, stderr=log)
        for _ in range(300):
            with suppress(requests.ConnectionError):
                if requests.get(f"{self.address}/healthz", timeout=5).ok:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError((self.folder / "registry.log").read_text())

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Ends the process that `start` began."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(20)

    def post(self, report: dict, *, key: SigningKey | None = None) -> requests.Response:
        """Sends a report, signed now."""
        body = canonical(report)
        headers = webhook.headers(report["report_id"], int(time.time()), body, key or self.site.key)
        headers["Content-Type"] = "application/json"
        return requests.post(self.address + ADDRESS, body, headers=headers, timeout=60)
