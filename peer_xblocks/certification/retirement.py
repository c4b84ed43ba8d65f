"""What becomes of names and reports when an account is retired (docs/privacy.md).

A report that was finished is owed to the person and is sent first; its text goes once the receipt is here. The receipt
and the digests stay: they prove the report and name nobody.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from peer_xblocks.certification import outbox
from peer_xblocks.certification.models import CertificateName, Outbox, State
from peer_xblocks.learner import learners


def close(*, learner: UUID, **_said: Any) -> None:
    """Erases the name for the certificate and the text of reports that arrived; inside the learner's lock."""
    for row in outbox.unfinished(learner):
        _finished_or_closed(row)
    CertificateName.objects.filter(learner=learner).delete()
    _erase(Outbox.objects.filter(learner=learner))


def erase_delivered() -> int:
    """Erases the text of reports of closed accounts that arrived since; how many. For the sweep."""
    return _erase(Outbox.objects.filter(learner__in=learners.retired()))


def _finished_or_closed(row: Outbox) -> None:
    """A draft whose name is known becomes the report that is sent; one that cannot be addressed any more is closed."""
    outbox.finish(row)
    if not row.payload_sha256:
        row.state, row.next_attempt, row.last_error = State.CLOSED, None, outbox.CLOSED
        row.save(update_fields=["state", "next_attempt", "last_error"])


def _erase(rows: Any) -> int:
    return int(rows.filter(state=State.DELIVERED).exclude(body="").update(body=""))
