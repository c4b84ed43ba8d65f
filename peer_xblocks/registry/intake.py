"""From the bytes of a request to a report that may be believed: size, signature, time, form, content, in that order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from peer_xblocks.refusal import Refusal
from peer_xblocks.registry.senders import Senders
from peer_xblocks.wire import completion, webhook
from peer_xblocks.wire.canonical import NotCanonical, canonical, sha256

MOST_BYTES = completion.MOST_BYTES


class NotTaken(Refusal):
    """A request that becomes no line of the ledger; `sender` is known once a signature held."""

    def __init__(
        self, status: int, sentence: str, *, problems: Sequence[str] = (), retry_after: int = 0, sender: str = ""
    ):
        super().__init__(sentence, status)
        self.problems = list(problems)
        self.retry_after = retry_after
        self.sender = sender


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report as it came, from whom, and what its bytes add up to."""

    sender: str
    report: Mapping[str, Any]
    body: bytes

    @property
    def completion_key(self) -> str:
        """Which completion it speaks of."""
        return str(self.report["completion_key"])

    @property
    def version(self) -> int:
        """Which version of that completion it is."""
        return int(self.report["version"])

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return sha256(self.body)


def read(headers: Mapping[str, str], body: bytes, senders: Senders, *, now: int) -> Arrival:
    """The report in a request; raises `NotTaken`. Nothing of an unsigned body is ever parsed."""
    if len(body) > MOST_BYTES:
        raise too_large()
    sender = signer(headers, body, senders, now)
    report = parsed(body)
    _checked(report)
    if report["issuer"] != sender:
        raise NotTaken(401, "The key that signed this belongs to another site than the report's issuer.")
    if headers[webhook.ID] != report["report_id"]:
        raise NotTaken(422, "The webhook-id is not the report's id; send the report under its own id.")
    return Arrival(sender, report, body)


def too_large() -> NotTaken:
    """What a sender of more than a report's bytes hears."""
    return NotTaken(413, f"A report is at most {MOST_BYTES} bytes; send less.")


def signer(headers: Mapping[str, str], body: bytes, senders: Senders, now: int) -> str:
    """The site that signed a request, within five minutes of `now`; raises `NotTaken`."""
    try:
        return senders.of(webhook.verify(headers, body, senders.keys, now))
    except webhook.WrongTime as error:
        # The signature held: only the time keeps it from being taken, so say who it was.
        stamp = int(headers[webhook.TIMESTAMP])
        key = webhook.verify(headers, body, senders.keys, stamp)
        sentence = "The request is signed for another time; set the clock, then sign and send it again."
        raise NotTaken(425, sentence, sender=senders.of(key)) from error
    except webhook.NotSigned as error:
        raise NotTaken(401, "No key that is known here signed this request; check the signing key.") from error


def parsed(body: bytes) -> Any:
    """The JSON of a body in canonical form; raises `NotTaken`."""
    try:
        report = json.loads(body)
        if canonical(report) == body:
            return report
    except (ValueError, RecursionError, NotCanonical) as error:
        raise NotTaken(422, "The body is not JSON that can be read; send it as RFC 8785 writes it.") from error
    raise NotTaken(422, "The body is not in canonical form; send it as RFC 8785 writes it.")


def _checked(report: Any) -> None:
    try:
        completion.check(report)
    except completion.ReportRefused as error:
        raise NotTaken(422, "The report does not meet its schema; see problems.", problems=error.problems) from error
