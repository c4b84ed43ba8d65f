"""A registry that misbehaves on demand: a real HTTP server with a ledger, and a script of faults for its next requests."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from peer_xblocks import chain
from peer_xblocks.wire import digest, webhook
from peer_xblocks.wire.canonical import sha256
from peer_xblocks.wire.digest import Question
from peer_xblocks.wire.receipt import Entry, sign

HTML = b"<html><body>Welcome. Please accept our terms.</body></html>"


class Registry:
    """Answers by its `script` (one fault a request, oldest first), else as a registry should."""

    def __init__(self, key, sender):
        self.key, self.sender = key, sender
        self.ledger_id = "stub"
        self.ledger = {}
        self.requests = []
        self.redirected = []
        self.script = deque()
        self.asked, self.digest_script = [], deque()
        self.received_at = "2026-03-01T12:00:00Z"
        self.lock = threading.Lock()
        self.release = threading.Event()
        self._server = None

    def __enter__(self):
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.release.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self):
        """Where it answers."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def receive(self, headers, body):
        """(status, answer): the receipt of a report, the same one each time it comes."""
        name = headers["webhook-id"]
        with self.lock:
            known = self.ledger.get(name)
            if known:
                same = known.payload_sha256 == sha256(body)
                return (200, _json(known)) if same else (409, b"{}")
            self.ledger[name] = self._entered(name, body)
            return 201, _json(self.ledger[name])

    def digest(self, headers, body, key=None):
        """The signed digest that a request asks for."""
        webhook.verify(headers, body, [self.sender], int(headers["webhook-timestamp"]))
        question = Question.of(json.loads(body))
        held = {
            name: each.payload_sha256
            for name, each in self.ledger.items()
            if each.received_at.startswith(question.day.isoformat())
        }
        return digest.answer(question, headers["webhook-id"], held, ledger_id=self.ledger_id, key=key or self.key)

    def receipt_for(self, name, body, key=None):
        """A receipt that no ledger holds."""
        completion, version = name.rsplit("_v", 1)
        entry = Entry(self.ledger_id, 1, completion, int(version), sha256(body), chain.START, "2026-03-01T12:00:00Z")
        return _json(sign(entry, key or self.key))

    def _entered(self, name, body):
        completion, version = name.rsplit("_v", 1)
        last = list(self.ledger.values())[-1].hash if self.ledger else chain.START
        entry = Entry(
            self.ledger_id, len(self.ledger) + 1, completion, int(version), sha256(body), last, self.received_at
        )
        return sign(entry, self.key)


def tell(handler, body):
    """The digest that was asked for."""
    handler.reply(200, _json(handler.registry.digest(dict(handler.headers), body)))


def answer(status, body=b"", **headers):
    """A fault: a plain answer, nothing entered."""

    def act(handler, _body):
        handler.reply(status, body, {name.replace("_", "-"): value for name, value in headers.items()})

    return act


def enter_then(act):
    """A fault after the report was entered: the sender never hears of it."""

    def both(handler, body):
        handler.registry.receive(handler.headers, body)
        act(handler, body)

    return both


def hang_up(handler, _body):
    """Closes the line without a word."""
    handler.close_connection = True
    with suppress(OSError):
        handler.connection.shutdown(2)


def trickle(handler, _body):
    """A byte now and then, for ever: each read is quick, the whole never ends."""
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not handler.registry.release.wait(0.05):
            handler.wfile.write(b"a")
            handler.wfile.flush()
    handler.close_connection = True


def trickle_body(handler, _body):
    """The head at once, the body a byte now and then."""
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
        while not handler.registry.release.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()
    handler.close_connection = True


def silence(handler, _body):
    """Says nothing until the test is over."""
    handler.registry.release.wait(30)
    handler.close_connection = True


def cut_off(handler, body):
    """Half of the receipt that belongs there, with the length of the whole."""
    whole = handler.registry.receipt_for(handler.headers["webhook-id"], body)
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(whole) + whole[: len(whole) // 2])
    hang_up(handler, body)


def huge(handler, _body):
    """A body without end in sight."""
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        for _ in range(64):
            handler.wfile.write(b"x" * 65536)
    handler.close_connection = True


def bomb(handler, _body):
    """A small compressed body that would unpack to a large one."""
    import gzip

    handler.reply(200, gzip.compress(b" " * 50_000_000), {"Content-Encoding": "gzip"})


def redirect(handler, _body):
    """Sends the sender elsewhere."""
    handler.reply(307, b"", {"Location": handler.registry.url + "/elsewhere"})


def late(seconds):
    """The right answer, but slowly."""

    def act(handler, body):
        time.sleep(seconds)
        handler.reply(*handler.registry.receive(handler.headers, body))

    return act


def _json(receipt):
    return json.dumps(receipt.as_dict()).encode()


def _handler(registry):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *args, **kwargs):
            self.registry = registry
            super().__init__(*args, **kwargs)

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.path == digest.PATH:
                registry.asked.append(body)
                act = registry.digest_script.popleft() if registry.digest_script else tell
                act(self, body)
                return
            if self.path != "/v1/completions":
                registry.redirected.append(self.path)
                self.reply(200, registry.receipt_for(self.headers["webhook-id"], body))
                return
            registry.requests.append((dict(self.headers), body))
            stamp = int(self.headers["webhook-timestamp"])
            webhook.verify(dict(self.headers), body, [registry.sender], stamp)
            act = registry.script.popleft() if registry.script else None
            if act:
                act(self, body)
            else:
                self.reply(*registry.receive(self.headers, body))

        def reply(self, status, body, headers=None):
            with suppress(OSError):
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_):
            """Quiet."""

    return Handler
