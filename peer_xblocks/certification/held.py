"""What we hold of a person in a course besides credit: the learner, the name, the newest report. One read for a page."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from peer_xblocks.certification.models import State
from peer_xblocks.learner import statement
from peer_xblocks.plugin import vault

HELD = """
SELECT who.id, given.name, done.stands, report.state, report.last_error, report.receipt
FROM peer_learner_learner who
LEFT JOIN peer_certification_certificatename given ON given.learner = who.id
LEFT JOIN peer_certification_completion done ON done.learner = who.id AND done.course = %s
LEFT JOIN peer_certification_outbox report ON report.completion_id = done.id
WHERE who.user_id = %s ORDER BY done.id, report.version DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Report:
    """The newest report of a completion; `stands` is false once some of what counted was taken back."""

    stands: bool
    state: State
    last_error: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Held:
    """A person in a course. `name` is empty before it was given, `report` None before the course was complete."""

    learner: UUID | None = None
    name: str = ""
    report: Report | None = None


def of(user_id: int | None, course: str) -> Held:
    """What is held of a platform account in a course; nothing for strangers and newcomers."""
    found = statement.read(HELD, course, user_id) if user_id is not None else ()
    if not found:
        return Held()
    learner, sealed, stands, state, error, receipt = found[0]
    report = Report(bool(stands), State(state), error, receipt) if state else None
    return Held(statement.as_uuid(learner), vault().open(sealed) if sealed else "", report)
