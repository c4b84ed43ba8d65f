"""What a learner may see of a text to sign: the text that stands, and what this learner signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from peer_xblocks.activity.attestation.document import Document
from peer_xblocks.activity.attestation.signatures import Signed
from peer_xblocks.item.text import html

Plain = dict[str, Any]


def state(
    shown: Document | None, signed: Sequence[Signed], bodies: Mapping[str, str], when: Callable[[int], str]
) -> Plain:
    """The whole page. `signed` is newest first, `bodies` texts by hash, `when` says Unix seconds in words."""
    newest = signed[0] if signed else None
    current = newest is not None and shown is not None and newest.sha256 == shown.sha256
    return {
        "text": text(shown.body, shown.version) | {"sha256": shown.sha256} if shown else None,
        "signed": when(newest.at) if newest and current else "",
        "newer": when(newest.at) if newest and shown and not current else "",
        "earlier": [
            text(bodies.get(each.sha256, ""), each.version) | {"when": when(each.at)}
            for each in (signed[1:] if current else signed)
        ],
    }


def text(body: str, version: str) -> Plain:
    """A text with its version; `long` where it is shown as it is."""
    return {"html": html(body), "version": version, "long": Document(body).long}
