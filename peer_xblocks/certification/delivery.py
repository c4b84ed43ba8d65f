"""Bringing reports to the registry: claim, send, judge the answer, settle.

A claim is a compare-and-swap on the row's fence, so two workers never hold one row; no transaction is open while a
request travels; and only the holder of the present fence may settle, so a worker that was stopped past its lease
changes nothing when it wakes.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from peer_xblocks import clock
from peer_xblocks.certification import answer, outbox, site
from peer_xblocks.certification.answer import Answer, Fate, Sent, Verdict
from peer_xblocks.certification.line import Line
from peer_xblocks.certification.models import Outbox, State
from peer_xblocks.certification.site import Registry
from peer_xblocks.learner import learners, signals
from peer_xblocks.plugin import vault
from peer_xblocks.vault import Unreadable
from peer_xblocks.wire import webhook

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
#: After so many requests in a row without any answer, a round ends: the registry is down, the rest can wait.
GIVE_UP = 3
#: Rows read at a time; each is claimed by itself.
BATCH = 20

Post = Callable[[str, bytes, dict[str, str]], Answer]


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that this worker alone may send and settle, while its fence is the row's."""

    id: int
    fence: int
    webhook_id: str
    body: bytes
    sent: Sent
    learner: UUID
    course: str


@dataclass(frozen=True, slots=True)
class Round:
    """What one pass did."""

    sent: int = 0
    delivered: int = 0
    parked: int = 0
    down: bool = False


def deliver_due(limit: int = 100, *, post: Post | None = None, chance: Callable[[], float] = random.random) -> Round:
    """One pass over what is due, oldest first. Without a registry in the settings it does nothing."""
    try:
        registry = site.registry()
    except site.NotSetUp:
        return Round()
    line = None if post else Line()
    try:
        return _round(limit, registry, post or line.post, chance)  # type: ignore[union-attr]
    finally:
        if line:
            line.close()


def claim(now: datetime) -> Claim | None:
    """The next row that is due, claimed; None where nothing is."""
    return next(_claims(lambda: now), None)


def settle(held: Claim, verdict: Verdict, status: int, now: datetime) -> bool:
    """Writes what became of a claimed report, if the claim still holds; tells the learner's page of a receipt."""
    values: dict[str, Any] = {"last_status": status, "last_error": verdict.words[:200], "lease_until": None}
    values["next_attempt"] = None if verdict.wait is None else now + timedelta(seconds=verdict.wait)
    values["state"] = {Fate.AGAIN: State.DUE, Fate.PARKED: State.PARKED, Fate.DELIVERED: State.DELIVERED}[verdict.fate]
    if verdict.receipt:
        values |= {"receipt": json.dumps(verdict.receipt.as_dict()), "delivered_at": now}
        values["received_at"] = datetime.fromisoformat(verdict.receipt.received_at)
    with transaction.atomic():
        mine = Outbox.objects.filter(id=held.id, fence=held.fence, state=State.LEASED).update(**values)
        if mine and verdict.receipt:
            signals.receipt_arrived.send(
                sender=Outbox, learner=held.learner, course=held.course, completion_key=held.sent.completion_key
            )
    return bool(mine)


def send(held: Claim, registry: Registry, post: Post) -> Answer:
    """One request: the stored bytes, signed anew for this minute."""
    signed = webhook.headers(held.webhook_id, clock.epoch(), held.body, registry.key)
    return post(registry.at(site.REPORTS), held.body, {**signed, "Idempotency-Key": held.webhook_id})


def _round(limit: int, registry: Registry, post: Post, chance: Callable[[], float]) -> Round:
    sent = delivered = parked = silent = 0
    for held in islice(_claims(clock.now), limit):
        sent += 1
        came = send(held, registry, post)
        verdict = answer.judge(came, held.sent, registry.keys, now=clock.now(), chance=chance())
        _settled(held, verdict, came.status)
        delivered += verdict.fate is Fate.DELIVERED
        parked += verdict.fate is Fate.PARKED
        silent = silent + 1 if came.status == 0 else 0
        if silent >= GIVE_UP:
            break
    return Round(sent, delivered, parked, silent >= GIVE_UP)


def _claims(now: Callable[[], datetime]) -> Iterator[Claim]:
    """Claims one report after another, each just before it is sent, as long as any is due."""
    while rows := list(_due(now()).select_related("completion").order_by("next_attempt", "id")[:BATCH]):
        for row in rows:
            held = learners.retrying(partial(_claimed, row, now()))
            if held:
                yield held


def _claimed(row: Outbox, now: datetime) -> Claim | None:
    """The claim on a row as it was read; None where another worker was quicker, or no key opens it."""
    mine = Outbox.objects.filter(id=row.id, fence=row.fence)
    leased = {"state": State.LEASED, "lease_until": now + LEASE}
    if not mine.update(**leased, fence=row.fence + 1, attempts=row.attempts + 1):
        return None
    try:
        body = vault().open(row.body).encode()
    except Unreadable:
        held = Outbox.objects.filter(id=row.id, fence=row.fence + 1)
        held.update(state=State.PARKED, next_attempt=None, lease_until=None, last_error=outbox.SEALED)
        return None
    done = row.completion
    sent = Sent(done.key, row.version, row.payload_sha256, row.attempts + 1)
    return Claim(row.id, row.fence + 1, row.webhook_id, body, sent, row.learner, done.course)


def _settled(held: Claim, verdict: Verdict, status: int) -> None:
    if not learners.retrying(lambda: settle(held, verdict, status, clock.now())):
        log.warning(
            "Report %s was claimed by another worker meanwhile; its answer is left to that one.", held.webhook_id
        )
    elif verdict.words:
        log.warning("Report %s: %s", held.webhook_id, verdict.words)


def _due(now: datetime) -> Any:
    """Rows to send: due ones, parked ones that are retried slowly, and leases that ran out."""
    timed = Q(state__in=(State.DUE, State.PARKED), next_attempt__lte=now)
    return Outbox.objects.filter(timed | Q(state=State.LEASED, lease_until__lte=now)).exclude(payload_sha256="")
