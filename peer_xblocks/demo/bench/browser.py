"""A browser's line to the site, counted byte by byte: what a phone pays for."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass, field
from typing import Any

from peer_xblocks.demo.bench.site import HOST

AGENT = (
    "Mozilla/5.0 (Linux; Android 14; Phone) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
)


@dataclass
class Browser:
    """One kept-alive connection with a session, a CSRF token and a phone's usual headers."""

    port: int
    session: str
    token: str = "b" * 32
    sent: int = 0
    received: int = 0
    _line: socket.socket | None = field(default=None, repr=False)

    def get(self, path: str) -> bytes:
        """The body of a page or a file."""
        return self._ask("GET", path, b"", "Accept: */*\r\nAccept-Encoding: gzip, deflate, br\r\n")

    def post(self, path: str, data: Any) -> Any:
        """The JSON that answers a JSON POST."""
        body = json.dumps(data).encode()
        extra = f"Content-Type: application/json\r\nX-CSRFToken: {self.token}\r\nContent-Length: {len(body)}\r\n"
        return json.loads(self._ask("POST", path, body, extra))

    def close(self) -> None:
        """Hangs up."""
        if self._line:
            self._line.close()
            self._line = None

    def _ask(self, method: str, path: str, body: bytes, extra: str) -> bytes:
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nConnection: keep-alive\r\nUser-Agent: {AGENT}\r\n"
            f"Origin: http://{HOST}:{self.port}\r\nReferer: http://{HOST}:{self.port}/\r\nAccept-Language: en-US,en;q=0.9\r\n"
            f"Cookie: sessionid={self.session}; csrftoken={self.token}\r\n{extra}\r\n"
        )
        request = head.encode() + body
        if self._line is None:
            self._line = socket.create_connection((HOST, self.port), timeout=30)
        self._line.sendall(request)
        self.sent += len(request)
        status, answer = self._answer()
        if status != 200:
            raise RuntimeError(f"{path} answered {status}: {answer[:200]!r}")
        return answer

    def _answer(self) -> tuple[int, bytes]:
        assert self._line is not None  # noqa: S101 - opened by the caller
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
        length = int(headers.get("content-length", 0))
        while len(body) < length:
            body += self._more()
        if headers.get("connection") == "close":
            self.close()
        return int(lines[0].split()[1]), body

    def _more(self) -> bytes:
        part = self._line.recv(65536) if self._line else b""
        if not part:
            raise RuntimeError("the line was closed")
        self.received += len(part)
        return part
