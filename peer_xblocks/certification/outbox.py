"""Reports on their way: written with their completion, finished once the name is known, sent again when staff ask."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from peer_xblocks import clock
from peer_xblocks.certification import names, report, site, wake
from peer_xblocks.certification.models import CertificateName, Completion, Outbox, State
from peer_xblocks.compat import platform
from peer_xblocks.learner import learners
from peer_xblocks.learner.models import Learner
from peer_xblocks.plugin import vault
from peer_xblocks.refusal import Clash, NotThere
from peer_xblocks.vault import Unreadable
from peer_xblocks.wire import completion as wire
from peer_xblocks.wire.canonical import canonical, sha256

NAME_NEEDED = "The learner has not given a name for the certificate yet."
SEALED = "No key in VAULT_KEYS opens this report. Put the old key back, then send it again."
SENT_AGAIN = "It was sent again."
ANOTHER_LEDGER = "Not sent again: the registry answers from another ledger than the one that signed the receipt."
ANOTHER_ISSUER = "Not sent again: it was reported under another ISSUER than the present one."
ERASED = "It cannot be sent again: the account is closed and its text was erased. The receipt is kept."
CLOSED = "This account is closed, so the report can no longer be addressed to anybody."


def add(done: Completion, drafted: Mapping[str, Any]) -> Outbox:
    """The row of a completion's present version, in the caller's transaction; ready to go where the name is known."""
    row = Outbox.objects.create(
        completion=done,
        version=done.version,
        webhook_id=wire.webhook_id(done.key, done.version),
        learner=done.learner,
        body=vault().seal(json.dumps(drafted)),
        state=State.WAITING_NAME,
        last_error=NAME_NEEDED,
        created=clock.now(),
    )
    finish(row)
    return row


def unfinished(learner: UUID) -> QuerySet[Outbox]:
    """A learner's rows whose report is still a draft."""
    return Outbox.objects.filter(learner=learner, payload_sha256="").order_by("id")


def finish_named(limit: int = 200) -> None:
    """Finishes drafts whose name is known, where something else was missing before."""
    named = CertificateName.objects.filter(learner__in=Outbox.objects.filter(payload_sha256="").values("learner"))
    for user_id in learners.users_of(named.values_list("learner", flat=True)[:limit]).values():
        # An account may be retired between the two; its drafts are settled by that.
        with suppress(Learner.DoesNotExist), learners.locked(user_id=user_id) as learner:
            for row in unfinished(learner):
                finish(row)


def finish(row: Outbox) -> None:
    """Makes the draft of a row the report that is sent, where the name, the site's settings and its keys are there."""
    try:
        name = names.of(row.learner)
        if not name:
            return
        body = canonical(_finished(row, name))
    except (site.NotSetUp, wire.ReportRefused) as refused:
        row.state, row.next_attempt, row.last_error = State.PARKED, None, str(refused)[:200]
    except Unreadable:
        row.state, row.next_attempt, row.last_error = State.PARKED, None, SEALED
    else:
        row.body, row.payload_sha256 = vault().seal(body.decode()), sha256(body)
        row.state, row.next_attempt, row.last_error = State.DUE, clock.now(), ""
        wake.poke()
    row.save()


def name_given(learner: UUID, name: str) -> None:
    """Keeps the name for the certificate and lets the reports go that waited for it. Inside the learner's lock."""
    names.keep(learner, name)
    for row in unfinished(learner):
        finish(row)


def send_again(webhook_id: str) -> Outbox:
    """Puts a report back on its way, now. A report that was received stays received; `Clash` says so."""
    with transaction.atomic():
        row = Outbox.objects.select_for_update().filter(webhook_id=webhook_id).first()
        if row is None:
            raise NotThere("There is no report of this name.")
        if row.state == State.DELIVERED:
            raise Clash("The registry has this report already; its receipt is in the list.")
        if row.state == State.CLOSED:
            raise Clash(CLOSED)
        if not row.payload_sha256:
            finish(row)
        elif row.state != State.LEASED:
            row.state, row.next_attempt = State.DUE, clock.now()
            row.save(update_fields=["state", "next_attempt"])
            wake.poke()
    return row


def hurry(webhook_id: str) -> None:
    """Puts a report on its way now that the registry says it holds, and whose receipt never came here."""
    Outbox.objects.filter(webhook_id=webhook_id, state__in=(State.DUE, State.PARKED)).update(
        state=State.DUE, next_attempt=clock.now()
    )


def lost(row: Outbox, ledger: str) -> str:
    """Sends a report again whose receipt the registry's present `ledger` no longer bears out; else says why not."""
    why = _why_kept(row, ledger) if row.state == State.DELIVERED else SENT_AGAIN
    if why:
        return why
    fresh = {"state": State.DUE, "next_attempt": clock.now(), "attempts": 0, "last_status": 0, "last_error": ""}
    same = Outbox.objects.filter(id=row.id, state=State.DELIVERED, receipt=row.receipt)
    same.update(**fresh, receipt="", delivered_at=None, received_at=None)
    return SENT_AGAIN


def _why_kept(row: Outbox, ledger: str) -> str:
    if json.loads(row.receipt)["ledger_id"] != ledger:
        return ANOTHER_LEDGER
    if not row.body:
        return ERASED
    try:
        issuer = json.loads(vault().open(row.body))["issuer"]
    except Unreadable:
        return SEALED
    return "" if issuer == site.site().issuer else ANOTHER_ISSUER


def _finished(row: Outbox, name: str) -> dict[str, Any]:
    issuer, salt = site.issuer_and_salt()
    user_id = learners.user_of(row.learner)
    account = platform().account(user_id) if user_id else None
    if account is None:
        raise site.NotSetUp(CLOSED)
    # Two people without an address must not look like one.
    address = account.email or f"{row.learner}@no-address.invalid"
    return report.finished(
        json.loads(vault().open(row.body)),
        name=name,
        email_hash=wire.email_hash(address, salt),
        issuer=issuer,
        now=clock.now(),
    )
