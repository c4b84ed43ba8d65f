"""The line to a registry: one POST at a time, never longer, larger or further than agreed."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from peer_xblocks.certification.answer import Answer

CONNECT, READ, TOTAL = 5.0, 15.0, 30.0
MOST_BYTES = 64 * 1024

DOWN = "The registry could not be reached."
SLOW = "The registry took too long to answer."
LARGE = "The answer is larger than any receipt."
HEADERS = {
    "Content-Type": "application/json",
    "Accept": "application/json",
    # A compressed answer could unpack to any size.
    "Accept-Encoding": "identity",
    "User-Agent": "peer-xblocks",
}


class Line:
    """One session to one registry; for one thread."""

    def __init__(self, *, connect: float = CONNECT, read: float = READ, total: float = TOTAL):
        self._timeouts = (connect, read)
        self._total = total
        self._overdue = threading.Event()
        self._socket: socket.socket | None = None
        self._session = requests.Session()
        self._session.trust_env = False
        adapter = _Watched(self)
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, adapter)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """The answer to one POST; status 0 and the trouble in words where none came. Follows no redirect."""
        self._overdue.clear()
        watch = threading.Timer(self._total, self._cut)
        watch.daemon = True
        watch.start()
        try:
            found = self._post(url, body, {**HEADERS, **headers})
        except (requests.Timeout, TimeoutError):
            return Answer(0, trouble=SLOW)
        except (requests.RequestException, HTTPError, OSError):
            found = Answer(0, trouble=DOWN)
        finally:
            watch.cancel()
        return Answer(0, trouble=SLOW) if self._overdue.is_set() else found

    def close(self) -> None:
        """Gives the connection back."""
        self._session.close()

    def holds(self, opened: socket.socket | None) -> None:
        """Notes the socket in use, so that the watch can cut it: read time-outs alone start anew with every byte."""
        self._socket = opened

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        response = self._session.post(
            url, data=body, headers=headers, timeout=self._timeouts, allow_redirects=False, stream=True
        )
        try:
            found = response.raw.read(MOST_BYTES + 1, decode_content=False)
        finally:
            response.close()
        lower = {name.lower(): value for name, value in response.headers.items()}
        if len(found) > MOST_BYTES:
            return Answer(0, lower, trouble=LARGE)
        return Answer(response.status_code, lower, found)

    def _cut(self) -> None:
        self._overdue.set()
        held = self._socket
        if held is not None:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)


class _Watched(HTTPAdapter):
    """An adapter whose connections tell their line which socket they use."""

    def __init__(self, line: Line):
        self._line = line
        super().__init__(max_retries=0, pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Pools of watched connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": _pool(HTTPConnectionPool, _connection(HTTPConnection, self._line)),
            "https": _pool(HTTPSConnectionPool, _connection(HTTPSConnection, self._line)),
        }


def _connection(base: Any, line: Line) -> Any:
    class Watched(base):
        def connect(self) -> None:
            super().connect()
            line.holds(self.sock)

    return Watched


def _pool(base: Any, connection: Any) -> Any:
    return type("WatchedPool", (base,), {"ConnectionCls": connection})
