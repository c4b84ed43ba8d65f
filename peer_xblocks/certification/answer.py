"""What a registry's answer to a report means: delivered, to be sent again, or parked where people see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from peer_xblocks.certification import schedule
from peer_xblocks.wire import receipt as receipts
from peer_xblocks.wire.keys import PublicKey
from peer_xblocks.wire.receipt import Receipt, ReceiptRefused


class Fate(StrEnum):
    """What becomes of the report."""

    DELIVERED = "delivered"
    AGAIN = "again"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status (0 where nothing came), headers in lower case, and a body within the cap."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The report that was sent: its name, its bytes' digest, how often it has been sent now."""

    completion_key: str
    version: int
    payload_sha256: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do: the report's fate, the wait in seconds (None: until somebody sends it again), the words for staff."""

    fate: Fate
    wait: int | None = None
    words: str = ""
    receipt: Receipt | None = None


#: Answers that no repetition changes; somebody has to look.
FINAL = {
    409: "The registry already holds another report under this name. Compare the two before you send again.",
    413: "The registry says that the report is too large.",
    422: "The registry says that the report does not meet its schema.",
}
UNSIGNED = "The registry does not accept this site's signature. Check SIGNING_KEY here and the sender's key there."
CLOCKS = "The registry says that the clocks of the two sites differ. Check the clock of this server."
BUSY = "The registry asked to be left alone for a while."
ELSEWHERE = "The address sent us elsewhere, which is never followed. Check REGISTRY_URL."


def judge(answer: Answer, sent: Sent, keys: Sequence[PublicKey], *, now: datetime, chance: float) -> Verdict:
    """The verdict on an answer. Only a receipt that verifies for these very bytes delivers."""
    if answer.status in (200, 201):
        return _receipt(answer.body, sent, keys, chance)
    if answer.status in FINAL:
        return Verdict(Fate.PARKED, None, FINAL[answer.status])
    if answer.status == 401:
        return Verdict(Fate.PARKED, schedule.polite_wait(schedule.HOUR, chance), UNSIGNED)
    if answer.status in (429, 503):
        asked = schedule.asked_wait(answer.headers.get("retry-after"), now)
        if asked is not None:
            return Verdict(Fate.AGAIN, max(schedule.SOONEST, schedule.polite_wait(asked, chance)), BUSY)
    return Verdict(Fate.AGAIN, schedule.wait(sent.attempts, chance), words(answer))


def _receipt(body: bytes, sent: Sent, keys: Sequence[PublicKey], chance: float) -> Verdict:
    try:
        found = Receipt.from_json(body)
        receipts.verify(found, keys, sent.payload_sha256)
        if (found.completion_key, found.version) != (sent.completion_key, sent.version):
            raise ReceiptRefused("The receipt is for another report.")
    except ReceiptRefused as refused:
        return Verdict(Fate.AGAIN, schedule.wait(sent.attempts, chance), str(refused))
    return Verdict(Fate.DELIVERED, receipt=found)


def words(answer: Answer) -> str:
    """What staff read of an answer that settles nothing."""
    if answer.trouble:
        return answer.trouble
    if answer.status == 401:
        return UNSIGNED
    if 300 <= answer.status < 400:
        return ELSEWHERE
    if answer.status in (408, 425):
        return CLOCKS
    return f"The registry answered {answer.status}."
