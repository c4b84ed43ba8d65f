"""The ledger: every report once, each line chained to the one before, under one lock."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from peer_xblocks import chain
from peer_xblocks.registry.intake import Arrival
from peer_xblocks.registry.models import Head, Line, Payload
from peer_xblocks.vault import Unreadable
from peer_xblocks.wire import receipt
from peer_xblocks.wire.canonical import canonical, sha256
from peer_xblocks.wire.keys import PublicKey, SigningKey

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Break:
    """The first line at which the ledger no longer proves itself."""

    seq: int
    what: str


@contextmanager
def writing() -> Iterator[Head]:
    """A transaction that holds the end of the chain, so that writers go one after another.

    It starts with a write: SQLite then takes its lock at once (a transaction that read first could not wait for it),
    the others lock the row.
    """
    with transaction.atomic():
        if not Head.objects.filter(pk=1).update(seq=F("seq")):
            start = Head(pk=1, ledger_id=f"l-{secrets.token_hex(8)}", hash=chain.START)
            Head.objects.bulk_create([start], ignore_conflicts=True)
            Head.objects.filter(pk=1).update(seq=F("seq"))
        yield Head.objects.get(pk=1)


def name() -> str:
    """The ledger's own name; given when it is first asked for, or with its first line."""
    known = Head.objects.filter(pk=1).values_list("ledger_id", flat=True).first()
    if known:
        return known
    with writing() as head:
        return head.ledger_id


def held(arrival: Arrival) -> Line | None:
    """The line that this version of this report became, if it did."""
    return Line.objects.filter(
        sender=arrival.sender, completion_key=arrival.completion_key, version=arrival.version
    ).first()


def append(head: Head, arrival: Arrival, key: SigningKey, *, now: datetime) -> Line:
    """A new line at the end of the chain, with its receipt and its sealed report; within `writing`."""
    stamp = now.astimezone(UTC).replace(microsecond=0)
    entry = receipt.Entry(
        ledger_id=head.ledger_id,
        seq=head.seq + 1,
        completion_key=arrival.completion_key,
        version=arrival.version,
        payload_sha256=arrival.digest,
        prev_hash=head.hash,
        received_at=_text(stamp),
    )
    signed = receipt.sign(entry, key)
    line = Line.objects.create(
        seq=entry.seq,
        sender=arrival.sender,
        completion_key=entry.completion_key,
        version=entry.version,
        payload_sha256=entry.payload_sha256,
        prev_hash=entry.prev_hash,
        hash=entry.hash,
        received_at=stamp,
        reply=canonical(signed.as_dict()).decode(),
    )
    Payload.objects.create(line=line, body=arrival.body.decode())
    Head.objects.filter(pk=1).update(seq=entry.seq, hash=entry.hash)
    return line


def first_break(keys: list[PublicKey]) -> Break | None:
    """The first line that does not follow, whose receipt does not hold or whose report was changed; None for a whole ledger."""
    head = Head.objects.filter(pk=1).first() or Head(seq=0, hash=chain.START)
    expected, seq = chain.START, 0
    for line in Line.objects.order_by("seq").iterator(CHUNK):
        seq += 1
        what = _what_breaks(line, head.ledger_id, seq, expected) or fault(line, keys)
        if what:
            return Break(seq, what)
        expected = line.hash
    if (head.seq, head.hash) != (seq, expected):
        return Break(seq + 1, "the chain ends before the place that its head names: lines are missing at the end")
    return None


def fault(line: Line, keys: list[PublicKey]) -> str:
    """What one line has against it by itself: its receipt and its report; empty where both hold."""
    try:
        signed = receipt.Receipt.from_json(line.reply.encode())
        receipt.verify(signed, keys, line.payload_sha256)
    except receipt.ReceiptRefused as error:
        return str(error)
    if signed.entry != _entry(line, signed.ledger_id) or signed.hash != line.hash:
        return "the receipt speaks of another line"
    return _what_ails_report(line)


def _what_ails_report(line: Line) -> str:
    try:
        body = line.payload.body
    except Payload.DoesNotExist:
        return "its report is missing"
    except Unreadable:
        return "its report cannot be opened: a vault key is missing, or it was changed"
    return "" if sha256(body.encode()) == line.payload_sha256 else "its report is not the one that was received"


def _what_breaks(line: Line, ledger_id: str, seq: int, expected: str) -> str:
    if line.seq != seq:
        return f"the next line is number {line.seq}: lines are missing"
    if line.prev_hash != expected or _entry(line, ledger_id).hash != line.hash:
        return "the line does not follow from the one before"
    return ""


def _entry(line: Line, ledger_id: str) -> receipt.Entry:
    return receipt.Entry(
        ledger_id=ledger_id,
        seq=line.seq,
        completion_key=line.completion_key,
        version=line.version,
        payload_sha256=line.payload_sha256,
        prev_hash=line.prev_hash,
        received_at=_text(line.received_at),
    )


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def report(line: Line) -> dict[str, Any]:
    """The report that a line holds, opened."""
    found: dict[str, Any] = json.loads(line.payload.body)
    return found
