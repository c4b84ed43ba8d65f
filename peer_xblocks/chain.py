"""Hash chains: each link covers its body and the link before it, so that nothing in between can change unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

START = "0" * 64


def link(previous: str, body: bytes) -> str:
    """The SHA-256, in hex, that ties `body` to the link before it (`START` for the first)."""
    return hashlib.sha256(previous.encode("ascii") + b"\n" + body).hexdigest()


def first_break(links: Iterable[tuple[str, str, bytes]], start: str = START) -> int | None:
    """The position of the first `(previous, hash, body)` that does not follow, or None for a whole chain."""
    expected = start
    for position, (previous, found, body) in enumerate(links):
        if previous != expected or found != link(previous, body):
            return position
        expected = found
    return None
