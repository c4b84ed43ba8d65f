"""The true processes of a demo on free ports, for tests in a real browser."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from pathlib import Path

import requests

from peer_xblocks.demo import command, ready
from peer_xblocks.demo.place import Place
from peer_xblocks.demo.supervisor import Supervisor


def free_pair() -> int:
    """A port that is free and has a free one after it."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            with contextlib.suppress(OSError):
                two.bind(("127.0.0.1", port + 1))
                return port


class Process:
    """One process of the demo that can be stopped and started again."""

    def __init__(self, child):
        self._child = child
        self._kept = None

    def start(self):
        self._kept = Supervisor([self._child], print)
        self._kept.start()
        self._thread = threading.Thread(target=self._kept.run)
        self._thread.start()

    def stop(self):
        if self._kept:
            self._kept.stop()
            self._thread.join()
            self._kept = None


class Demo:
    """Site, registry and worker as `peer-xblocks demo` runs them."""

    def __init__(self, root: Path):
        self.place = Place(root, free_pair())
        ready.prepare(self.place, empty=False, say=print)
        self.site, self.registry, self.worker = (Process(child) for child in command.children(self.place))
        self._session = requests.Session()
        self.offset = 0

    def start(self):
        for each in (self.site, self.registry, self.worker):
            each.start()
        answering(f"{self.place.address}/healthz")
        answering(f"{self.place.registry_address}/healthz")

    def stop(self):
        for each in (self.worker, self.registry, self.site):
            each.stop()

    def advance(self, seconds: int) -> int:
        """Moves the clock of all processes; answers the server's time."""
        address = f"{self.place.address}/demo/clock"
        if "csrftoken" not in self._session.cookies:
            self._session.get(address, timeout=10)
        headers = {"X-CSRFToken": self._session.cookies["csrftoken"]}
        answer = self._session.post(address, json={"advance": seconds}, headers=headers, timeout=10)
        answer.raise_for_status()
        self.offset = answer.json()["offset"]
        return answer.json()["now"]

    def now(self) -> float:
        """The time of the demo."""
        return time.time() + self.offset


def answering(address: str, seconds: float = 30) -> None:
    """Waits until an address answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(requests.ConnectionError):
            if requests.get(address, timeout=5).ok:
                return
        time.sleep(0.05)
    raise AssertionError(f"{address} does not answer")
