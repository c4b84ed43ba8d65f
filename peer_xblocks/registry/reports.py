"""One report taken in: into the ledger, onto its entry, and answered with its receipt; or what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from peer_xblocks.registry import alerts, entries, ledger
from peer_xblocks.registry.intake import Arrival, NotTaken
from peer_xblocks.registry.models import Alert, Line
from peer_xblocks.wire.keys import SigningKey


@dataclass(frozen=True, slots=True)
class Reply:
    """The receipt, byte for byte as it was first given, and whether this is the first time."""

    body: bytes
    first: bool


def receive(arrival: Arrival, key: SigningKey, *, now: datetime) -> Reply:
    """The receipt for `arrival`; the same report again gets the same receipt, another one under its id is refused."""
    line = ledger.held(arrival)
    if line is None:
        with ledger.writing() as head:
            line = ledger.held(arrival)
            if line is None:
                line = ledger.append(head, arrival, key, now=now)
                entries.take(line, arrival)
                return Reply(line.reply.encode(), first=True)
    return _again(line, arrival)


def _again(line: Line, arrival: Arrival) -> Reply:
    if line.payload_sha256 != arrival.digest:
        detail = f"held {line.payload_sha256}, came {arrival.digest}"
        subject = str(arrival.report["report_id"])
        alerts.note(Alert.Kind.CONFLICT, arrival.sender, subject, detail=detail, line=line)
        sentence = "Another report is held under this id. Nothing was changed; send a correction as the next version."
        raise NotTaken(409, sentence)
    return Reply(line.reply.encode(), first=False)
