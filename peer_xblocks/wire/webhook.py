"""Signed requests by the Standard Webhooks specification, scheme `v1a` (Ed25519).

The signature covers `id.timestamp.body`, so neither can be moved to another request.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping, Sequence

from peer_xblocks.wire.keys import PublicKey, SigningKey

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
SCHEME = "v1a"
TOLERANCE = 300
MOST_SIGNATURES = 16

_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,128}")
_SECONDS = re.compile(r"[0-9]{1,12}")


class NotSigned(ValueError):
    """A request whose signature does not verify, or that carries none."""


class WrongTime(NotSigned):
    """A request signed rightly, but too long ago or in the future: replayed, or one of the clocks is off."""


def headers(webhook_id: str, timestamp: int, body: bytes, key: SigningKey) -> dict[str, str]:
    """The three headers that sign `body`."""
    if not _IDENTIFIER.fullmatch(webhook_id):
        raise ValueError("A webhook id is made of letters, digits, - and _, at most 128 of them.")
    signed = base64.b64encode(key.sign(_content(webhook_id, str(timestamp), body))).decode("ascii")
    return {ID: webhook_id, TIMESTAMP: str(timestamp), SIGNATURE: f"{SCHEME},{signed}"}


def verify(
    given: Mapping[str, str], body: bytes, keys: Sequence[PublicKey], now: int, tolerance: int = TOLERANCE
) -> PublicKey:
    """The one of `keys` that signed this request; raises `NotSigned`, or `WrongTime` once the signature holds.

    Header names may come in any case. Several signatures (a key being rotated) may stand side by side.
    """
    found = {name.lower(): value for name, value in given.items()}
    webhook_id, stamp = found.get(ID, ""), found.get(TIMESTAMP, "")
    if not _IDENTIFIER.fullmatch(webhook_id) or not _SECONDS.fullmatch(stamp):
        raise NotSigned("The webhook headers are missing or malformed.")
    content = _content(webhook_id, stamp, body)
    key = _signer(_signatures(found.get(SIGNATURE, "")), content, keys)
    if abs(now - int(stamp)) > tolerance:
        raise WrongTime("The webhook timestamp is too far from this clock.")
    return key


def _content(webhook_id: str, stamp: str, body: bytes) -> bytes:
    return f"{webhook_id}.{stamp}.".encode("ascii") + body


def _signatures(header: str) -> list[bytes]:
    listed = header.split(" ")[:MOST_SIGNATURES]
    texts = (each.partition(",")[2] for each in listed if each.startswith(f"{SCHEME},"))
    return [raw for raw in map(_raw, texts) if len(raw) == 64]


def _raw(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _signer(signatures: Iterable[bytes], content: bytes, keys: Sequence[PublicKey]) -> PublicKey:
    for signature in signatures:
        for key in keys:
            if key.verifies(signature, content):
                return key
    raise NotSigned("No key that is known here signed this request.")
